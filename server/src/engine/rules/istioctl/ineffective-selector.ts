import { gatewayNameLabel } from '../../mesh/gateway-api/classes';
import { gatewayApiGroup } from '../../mesh/gateway-api/objects';
import { fields, labels } from '../../model/guards';
import type { YamlEdit } from '../../yaml/edit';
import { edit } from '../rule';
import { message } from './message';
import { isA } from './objects';
import { selectedPods } from './pods';

export const ineffectiveSelector = message({
  name: 'istioctl/ineffective-selector',
  istio: 'IST0166',
  severity: 'warning',
  summary: 'A policy selects the Pods of a Gateway of the Gateway API by labels, which has no effect there.',
  on: 'Other',
  recommended: true,

  *check(policy, view) {
    if (!isA(policy, 'AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin')) {
      return;
    }
    const { selector } = policy.spec;
    // One that has "targetRefs" as well is refused.
    if (!selector) {
      return;
    }
    const pods = selectedPods(view, labels(fields(selector).matchLabels)).filter(
      (it) => it.namespace === policy.namespace,
    );
    const pod = pods.find((it) => it.labels[gatewayNameLabel] !== undefined);
    if (pod) {
      const gateway = pod.labels[gatewayNameLabel]!;
      const isWhole = pods.every((it) => it.labels[gatewayNameLabel] === gateway);
      yield {
        path: ['spec', 'selector'],
        part: 'key',
        message: `"${pod.name}" belongs to the Gateway "${gateway}", and a selector does not attach a policy to Gateways of the Gateway API: name it in "targetRefs"`,
        fixes: isWhole
          ? [edit(`Attach it to the Gateway "${gateway}"`, policy, attach(gateway), { preferred: true })]
          : [],
      };
    }
  },
});

function attach(name: string): readonly YamlEdit[] {
  const target = { group: gatewayApiGroup, kind: 'Gateway', name };
  return [
    { op: 'remove', path: ['spec', 'selector'] },
    { op: 'set', path: ['spec', 'targetRefs'], value: [target] },
  ];
}
