import type { StructureFix } from '../schema/structure-finding';
import { quoted } from '../schema/words';
import type { Part } from './part';
import type { Report } from './report';
import { checkSelector } from './shared/labels';

/** What else istiod asks of a PeerAuthentication, the API server has asked before. */
export function checkPeerAuthentication(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkSelector(spec, 'selector', 'matchLabels', report);
  for (const [port, mode] of spec.entries('portLevelMtls')) {
    if (!/^(?:0|[1-9]\d*)$/.test(port)) {
      const message = `${quoted(port)} is no number of a port as istiod reads it: write plain digits, without a zero or a sign before them`;
      const plain = String(Number(port));
      const fixes: StructureFix[] = /^\+?\d+$/.test(port)
        ? [
            {
              title: `Use "${plain}"`,
              edits: [{ op: 'rename', path: mode.path, key: plain }],
              preferred: true,
            },
          ]
        : [];
      report.value('peer-authentication/port-level-mtls', mode, message, { key: true, fixes });
    }
  }
}
