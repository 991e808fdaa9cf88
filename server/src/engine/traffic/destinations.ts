import type { Placed } from '../mesh/merged-virtual-service';
import { within } from '../mesh/origin';
import type { MeshService } from '../mesh/service';
import type { Destination, RouteDestination } from '../model/specs';
import type { ClusterReference } from './clusters';

/** One of the clusters a route spreads its requests over. */
export interface Weighted {
  readonly cluster: ClusterReference;
  /** In the numbers of the route; 0 when it is the only one. */
  readonly weight: number;
  readonly headers?: object;
}

/**
 * The clusters of a route. Of several destinations those without weight get nothing. `portFor` finds the port of a
 * destination that writes none.
 */
export function weightedClusters(
  { route, origin, destinationOrigins }: Placed<{ readonly route?: readonly RouteDestination[] }>,
  lookUp: (hostname: string) => MeshService | undefined,
  listenerPort: number,
): readonly Weighted[] {
  const all = (route.route ?? []).map((it, index): Weighted => {
    const service = lookUp(it.destination?.host ?? '');
    return {
      cluster: {
        origin: destinationOrigins?.[index] ?? within(origin, 'route', index),
        ...destinationCluster(it.destination, service, listenerPort),
      },
      weight: it.weight ?? 0,
      ...(it.headers && { headers: it.headers }),
    };
  });
  return all.length === 1 ? [{ ...all[0]!, weight: 0 }] : all.filter((it) => it.weight > 0);
}

/** A destination without a port means the only port of its service, or else the port the request came in on. */
export function destinationCluster(
  destination: Destination | undefined,
  service: MeshService | undefined,
  listenerPort: number,
): ClusterReference {
  const only = service?.ports.length === 1 ? service.ports[0]!.number : undefined;
  return {
    hostname: service?.externalName ?? destination?.host ?? '',
    port: destination?.port ? (destination.port.number ?? 0) : (only ?? listenerPort),
    ...(destination?.subset && { subset: destination.subset }),
  };
}
