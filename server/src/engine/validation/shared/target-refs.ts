import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, replacement } from '../report';

const attachable = new Map([
  ['Service', ''],
  ['ServiceEntry', 'networking.istio.io'],
  ['Gateway', 'gateway.networking.k8s.io'],
  ['GatewayClass', 'gateway.networking.k8s.io'],
]);

/** Checks `targetRef` and `targetRefs` of a policy. */
export function checkTargetRefs(spec: Part, report: Report): void {
  const single = spec.get('targetRef');
  for (const reference of single ? [single, ...spec.items('targetRefs')] : spec.items('targetRefs')) {
    const kind = reference.text('kind');
    const group = reference.text('group') === 'core' ? '' : reference.text('group');
    if (attachable.get(kind) === group) {
      continue;
    }
    const wanted = attachable.get(kind);
    const message =
      wanted === undefined
        ? `a policy cannot be attached to ${quoted(kind)}: use a Service, a ServiceEntry, or a Gateway or GatewayClass of the Gateway API`
        : `a policy attaches to the ${kind} of the group ${quoted(wanted)}, not of ${quoted(group)}`;
    const at = reference.field(wanted === undefined ? 'kind' : 'group');
    // Istio's own Gateway takes no policies, so who names it may have meant either.
    const fixes =
      wanted === undefined || group !== '' ? [] : [replacement(`Use "group: ${wanted}"`, at, wanted)];
    report.value('istiod/target-ref', at, message, { fixes });
  }
}
