import { text, whole } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { deriveList, memoize } from '../derive';
import { serviceHostname } from '../hosts';
import { sameResource } from '../origin';
import { parseProtocol } from '../protocols';
import { clusterAddress, type MeshPort, type MeshService } from '../service';
import { gatewayNameLabel, isIstioGateway, isManaged, managedName } from './classes';
import { gatewayApiObjects, mapsIn } from './objects';

/** The Services Istio makes for Gateways of the Gateway API, as far as the files do not hold them. */
export function managedServices(view: View): readonly MeshService[] {
  const gateways = deriveList(
    view,
    'mesh/managed-gateways',
    '',
    () => gatewayApiObjects(view, 'Gateway').filter((it) => isManaged(it) && isIstioGateway(view, it)),
    sameResource,
  );
  return gateways
    .filter((it) => !view.declares('Service', it.namespace, managedName(it)))
    .map(managedService);
}

const managedService = memoize((gateway: Resource<'Other'>): MeshService => {
  const name = managedName(gateway);
  const numbers = new Set<number>();
  const ports = mapsIn(gateway.spec, 'listeners').flatMap((listener, index): MeshPort[] => {
    const number = whole(listener.port);
    if (number === undefined || numbers.has(number)) {
      return [];
    }
    numbers.add(number);
    return [
      {
        name: text(listener.name) ?? '',
        number,
        protocol: parseProtocol(text(listener.protocol)),
        targetPort: number,
        origin: { resource: gateway, path: ['spec', 'listeners', index, 'port'] },
      },
    ];
  });
  return {
    hostname: serviceHostname(name, gateway.namespace),
    namespace: gateway.namespace,
    name,
    registry: 'kubernetes',
    address: clusterAddress(name, gateway.namespace),
    ports,
    resolution: 'client-side',
    external: false,
    exportTo: [],
    ...(gateway.creationTimestamp !== undefined && { creationTimestamp: gateway.creationTimestamp }),
    selector: { [gatewayNameLabel]: gateway.name },
    aliases: [],
    origin: { resource: gateway, path: ['metadata', 'name'] },
  };
});
