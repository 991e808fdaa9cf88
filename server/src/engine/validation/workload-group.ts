import { choice, quoted } from '../schema/words';
import type { Part } from './part';
import { type Report, removal } from './report';
import { checkLabels } from './shared/labels';

const code = 'workload-group/probe';
const methods = ['httpGet', 'tcpSocket', 'exec'];

export function checkWorkloadGroup(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkLabels(spec.field('metadata'), 'labels', report);
  const probe = spec.get('probe');
  if (!probe) {
    return;
  }
  const grpc = probe.get('grpc');
  if (grpc) {
    const message = `The probe "grpc" is not known to istiod, although the API server takes it: use ${choice(methods)}`;
    report.whole(code, grpc, message, { key: true });
  } else if (!methods.some((it) => probe.has(it))) {
    const message = `a probe has to say how the application is asked: add ${choice(methods)}`;
    report.whole(code, probe, message, { key: true, fixes: [removal('Remove "probe"', probe)] });
  }
  for (const header of probe.field('httpGet').items('httpHeaders')) {
    const name = header.field('name');
    if (!/^[-A-Za-z0-9]+$/.test(name.asText)) {
      report.value(
        'istiod/header',
        name,
        `${quoted(name.asText)} is no name of a header for a probe: it takes letters, digits and "-"`,
      );
    }
  }
  const command = probe.get('exec');
  if (command && command.count('command') === 0) {
    report.whole(code, command.field('command'), '"exec" needs a "command"');
  }
}
