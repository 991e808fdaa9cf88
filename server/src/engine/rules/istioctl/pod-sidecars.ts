import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';
import type { View } from '../../workspace/view';
import { inNamespace } from './objects';
import { type PresentPod, selectedPods } from './pods';

type Sidecar = Resource<'Sidecar'>;

/** The labels a Sidecar is for; nothing when it is for its whole namespace. */
export function chosenLabels({ spec }: Sidecar): Labels | undefined {
  const labels = spec.workloadSelector?.labels ?? {};
  return Object.keys(labels).length > 0 ? labels : undefined;
}

/** Sidecars of the namespace that are for all its Pods. */
export function defaultSidecars(view: View, namespace: string): readonly Sidecar[] {
  return inNamespace(view, 'Sidecar', namespace).filter((it) => !chosenLabels(it));
}

export function podsOfSidecar(view: View, sidecar: Sidecar): readonly PresentPod[] {
  const labels = chosenLabels(sidecar);
  return labels ? selectedPods(view, labels).filter((it) => it.namespace === sidecar.namespace) : [];
}

/** Istio's agent writes this when a Pod is served without a sidecar. */
export function isRedirected({ resource }: PresentPod): boolean {
  return resource?.spec.annotations?.['ambient.istio.io/redirection'] === 'enabled';
}
