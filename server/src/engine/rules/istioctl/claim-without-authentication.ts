import { isSelectedBy } from '../../mesh/destination-rules';
import { meshGateway } from '../../mesh/hosts';
import { fields, labels } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';
import { isClaimHeader } from '../../validation/values/names';
import type { View } from '../../workspace/view';
import { missingSeverity } from '../missing';
import { bindingOf } from './gateway-bindings';
import { message } from './message';
import { othersIn } from './objects';
import { type PresentPod, selectedPods } from './pods';

export const claimWithoutAuthentication = message({
  name: 'istioctl/claim-without-authentication',
  istio: 'IST0149',
  severity: 'error',
  summary: 'Requests are routed by claims of a token at a gateway that checks no tokens.',
  on: 'VirtualService',
  recommended: true,

  *check({ namespace, spec }, view) {
    const claim = claimIn(spec);
    for (const [index, name] of claim === undefined ? [] : (spec.gateways ?? []).entries()) {
      const gateway = name === meshGateway ? undefined : bindingOf(view, name, namespace).gateway;
      const pods = gateway?.kind === 'Gateway' ? selectedPods(view, gateway.spec.selector ?? {}) : [];
      const unchecked = pods.find((it) => !isAuthenticated(view, it));
      if (unchecked) {
        yield {
          path: ['spec', 'gateways', index],
          severity: view.settings.profile === 'istioctl' ? 'error' : missingSeverity(view, false),
          message: `Routes ask for "${claim}", and no RequestAuthentication checks tokens at "${unchecked.namespace}/${unchecked.name}", so no request has the claim`,
        };
      }
    }
  },
});

function claimIn({ http }: Resource<'VirtualService'>['spec']): string | undefined {
  return (http ?? [])
    .flatMap((it) => it.match ?? [])
    .flatMap(({ headers, withoutHeaders }) => [
      ...Object.keys(headers ?? {}),
      ...Object.keys(withoutHeaders ?? {}),
    ])
    .find(isClaimHeader);
}

/** istioctl takes `istio-system` for the root namespace, whatever the mesh says. */
function isAuthenticated(view: View, pod: PresentPod): boolean {
  return ['istio-system', pod.namespace].some((namespace) =>
    othersIn(view, 'RequestAuthentication', namespace).some((it) => isSelectedBy(selectorOf(it), pod.labels)),
  );
}

function selectorOf({ spec }: Resource<'Other'>): Labels {
  return labels(fields(spec.selector).matchLabels);
}
