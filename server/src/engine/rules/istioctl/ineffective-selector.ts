import { gatewayNameLabel } from '../../mesh/gateway-api/classes';
import { fields, items, labels } from '../../model/guards';
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
    const { selector, targetRef, targetRefs } = policy.spec;
    const isAttached = items(targetRefs).length > 0 && view.settings.profile !== 'istioctl';
    if (!selector || targetRef || isAttached) {
      return;
    }
    const pod = selectedPods(view, labels(fields(selector).matchLabels)).find(
      (it) => it.namespace === policy.namespace && it.labels[gatewayNameLabel] !== undefined,
    );
    if (pod) {
      yield {
        path: ['spec', 'selector'],
        part: 'key',
        message: `"${pod.name}" belongs to the Gateway "${pod.labels[gatewayNameLabel]}", and a selector does not attach a policy to Gateways of the Gateway API: name it in "targetRefs"`,
      };
    }
  },
});
