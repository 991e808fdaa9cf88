import { meshFacts } from '../../mesh/facts';
import { knownGateways } from '../../mesh/installed-gateways';
import { fields, labels } from '../../model/guards';
import type { View } from '../../workspace/view';
import { isInMesh } from './injection';
import { message } from './message';
import { isA } from './objects';
import { isRedirected } from './pod-sidecars';
import { type PresentPod, selectedPods } from './pods';

export const policyWithoutWorkloads = message({
  name: 'istioctl/policy-without-workloads',
  istio: 'IST0127',
  severity: 'warning',
  summary: 'No Pod of the mesh is there for an AuthorizationPolicy to guard.',
  on: 'Other',

  *check(policy, view) {
    if (!isA(policy, 'AuthorizationPolicy')) {
      return;
    }
    const { namespace, spec } = policy;
    const isMeshWide = namespace === meshFacts(view).rootNamespace.value;
    const selector = spec.selector ?? undefined;
    if (isMeshWide && selector === undefined) {
      return;
    }
    const wanted = labels(fields(selector).matchLabels);
    const guarded = selectedPods(view, wanted).some(
      (it) => (isMeshWide || it.namespace === namespace) && isMember(view, it),
    );
    if (!guarded) {
      yield {
        path: selector === undefined ? ['metadata', 'name'] : ['spec', 'selector'],
        message: `Among these files is no Pod of the mesh ${selector === undefined ? `in "${namespace}"` : 'with these labels'}, so the policy guards nothing`,
      };
    }
  },
});

/** The gateways that Istio installs are part of the mesh; the Pod istioctl makes up for the ingress gateway is not. */
function isMember(view: View, pod: PresentPod): boolean {
  const { resource } = pod;
  if (!resource) {
    const isInstalled = knownGateways(view).some(
      (it) => it.namespace === pod.namespace && it.name === pod.name,
    );
    return isInstalled || isInMesh(view, pod);
  }
  const { annotations, containers = [], initContainers = [] } = resource.spec;
  const all = [...containers, ...initContainers];
  return isInMesh(view, { ...pod, annotations, containers: all }) || isRedirected(pod);
}
