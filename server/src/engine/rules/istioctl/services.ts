import { isSelectedBy } from '../../mesh/destination-rules';
import { knownGateways } from '../../mesh/installed-gateways';
import { exportToAnnotation } from '../../mesh/visibility';
import type { KubernetesServicePort, Labels } from '../../model/specs';
import { groupBy } from '../../text/collections';
import type { KnownGateway, View } from '../../workspace/view';
import { defaultGateway } from './default-gateway';
import { seen } from './message';
import type { PresentPod } from './pods';

/** A Kubernetes Service that istioctl would find in a cluster which has these files. */
export interface PresentService {
  readonly namespace: string;
  readonly name: string;
  /** The annotation that says who may see it; empty for everyone. */
  readonly exportTo: string;
  readonly selector: Labels;
  readonly ports: readonly KubernetesServicePort[];
}

export function presentServices(view: View): readonly PresentService[] {
  // Files outweigh what istioctl adds by itself.
  const written = new Set(seen(view, 'Service').map((it) => `${it.namespace}/${it.name}`));
  return [
    ...[...defaultGateway(view), ...knownGateways(view)]
      .filter((it) => !written.has(`${it.namespace}/${it.name}`))
      .map(fromGateway),
    ...seen(view, 'Service').map((it): PresentService => {
      return {
        namespace: it.namespace,
        name: it.name,
        exportTo: it.annotations[exportToAnnotation] ?? '',
        selector: it.spec.selector ?? {},
        ports: it.spec.ports ?? [],
      };
    }),
  ];
}

function fromGateway({ namespace, name, labels, ports }: KnownGateway): PresentService {
  return {
    namespace,
    name,
    exportTo: '',
    selector: labels,
    ports: ports.map((it) => ({ ...it, protocol: 'TCP' })),
  };
}

/** The Services of a Pod's namespace that select it. One without a selector counts for every Pod. */
export function servicesOf(view: View, pod: PresentPod): readonly PresentService[] {
  const neighbours = view.lookUp(
    'istioctl/services-in',
    pod.namespace,
    () => groupBy(presentServices(view), (it) => it.namespace),
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  );
  return neighbours.filter((it) => isSelectedBy(it.selector, pod.labels));
}
