import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { domainFault } from '../values/hosts';
import { isDnsLabel } from '../values/names';

const code = 'virtual-service/gateway-name';

interface Options {
  readonly isMade?: boolean;
  /** Whether istiod's warnings come out here. */
  readonly warns?: boolean;
}

/** Checks the names in `gateways` of a VirtualService or of a match. istiod stops at the first without a namespace. */
export function checkGatewayNames(
  parent: Part,
  report: Report,
  { isMade = false, warns = false }: Options,
): void {
  for (const gateway of parent.items('gateways')) {
    const { asText } = gateway;
    const slash = asText.indexOf('/');
    if (slash < 0) {
      checkBareName(gateway, report, warns);
      return;
    }
    const namespace = asText.slice(0, slash);
    const name = asText.slice(slash + 1);
    if (!isDnsLabel(namespace) || (!isDnsLabel(name) && !(isMade && name !== ''))) {
      const hint = 'write "namespace/name", or the name alone for one of the own namespace';
      report.value(code, gateway, `${quoted(asText)} names no Gateway: ${hint}`);
    }
  }
}

function checkBareName(gateway: Part, report: Report, warns: boolean): void {
  const { asText } = gateway;
  const wrong = domainFault(asText);
  if (wrong !== undefined) {
    report.value(code, gateway, `${quoted(asText)} names no Gateway: write "name", or "namespace/name"`);
  } else if (asText.includes('.')) {
    const [name, namespace] = asText.split('.');
    const better = `${namespace}/${name}`;
    report.warn(code, gateway, `${quoted(asText)} is the old form of a name: write ${quoted(better)}`, {
      ...(!warns && { istio: undefined }),
      fixes: [replacement(`Use "${better}"`, gateway, better)],
    });
  }
}
