import { kubernetesName } from '../../mesh/hosts';
import type { View } from '../../workspace/view';
import { qualifiedHost } from './hosts';

// What a document would declare if the cluster took it is wrong there, and not missing elsewhere. istioctl reads it all
// the same.

/** Whether the only documents that register a host are refused. */
export function isHostRefused(view: View, host: string, namespace: string): boolean {
  const name = qualifiedHost(host, namespace);
  const service = kubernetesName(name);
  return (
    [host, name, ...wildcardsOver(name)].some((it) => isWrittenInVain(view, 'ServiceEntry', it)) ||
    (service !== undefined &&
      view.declares('Service', service.namespace, service.name) &&
      !view.find('Service', service.namespace, service.name))
  );
}

/** Whether the only rules for a host are refused. */
export function isRuleRefused(view: View, host: string, namespace: string): boolean {
  const name = qualifiedHost(host, namespace);
  const short = kubernetesName(name)?.name ?? host;
  return [host, name, short].some((it) => isWrittenInVain(view, 'DestinationRule', it));
}

function isWrittenInVain(view: View, kind: 'ServiceEntry' | 'DestinationRule', host: string): boolean {
  return view.declaresHost(kind, host) && view.byHost(kind, host).length === 0;
}

/** `*.b.c` and `*.c` for `a.b.c`. */
function wildcardsOver(host: string): readonly string[] {
  const parts = host.split('.');
  return parts.slice(1).map((_, index) => `*.${parts.slice(index + 1).join('.')}`);
}
