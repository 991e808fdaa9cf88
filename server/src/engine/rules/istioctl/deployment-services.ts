import { isSelectedBy } from '../../mesh/destination-rules';
import type { Resource } from '../../model/resource';
import type { KubernetesServicePort } from '../../model/specs';
import type { View } from '../../workspace/view';
import { isInMesh } from './injection';
import { inNamespace } from './objects';

/** A port of a Service that leads to a Deployment, by its place. */
export interface LeadingPort {
  readonly service: Resource<'Service'>;
  readonly index: number;
  readonly port: KubernetesServicePort & { readonly port: number };
}

/** The ports of all Services that select what a Deployment makes; none when istioctl does not look at it. */
export function leadingPorts(view: View, workload: Resource<'Workload'>): readonly LeadingPort[] {
  const { labels = {}, annotations, containers } = workload.spec;
  const isWaypoint = workload.labels['gateway.istio.io/managed'] === 'istio.io-mesh-controller';
  const member = { namespace: workload.namespace, labels, annotations, containers };
  if (workload.writtenKind !== 'Deployment' || isWaypoint || !isInMesh(view, member)) {
    return [];
  }
  return inNamespace(view, 'Service', workload.namespace)
    .filter(
      ({ spec: { selector = {} } }) => Object.keys(selector).length > 0 && isSelectedBy(selector, labels),
    )
    .flatMap((service) =>
      (service.spec.ports ?? []).flatMap((port, index): LeadingPort[] =>
        port.port === undefined ? [] : [{ service, index, port: { ...port, port: port.port } }],
      ),
    );
}
