import { routesOf } from '../../intent/hops';
import { kubernetesName } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { findService, portOf } from '../../mesh/registry';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { isOnlyAssumed } from '../missing';
import { edit, rule } from '../rule';

export const destinationPortNotExposed = rule({
  name: 'virtual-service/destination-port-not-exposed',
  istio: 'IST0101',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route leads to a port that its destination does not have.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    for (const { destination, origin } of routesOf(virtualService).flatMap((it) => it.destinations)) {
      const number = destination.port?.number;
      const service = findService(view, resource.namespace, destination.host ?? '');
      if (number === undefined || !service || service.ports.length === 0 || portOf(service, number)) {
        continue;
      }
      if (!sameResource(origin.resource, resource)) {
        continue;
      }
      const path = [...origin.path, 'port', 'number'];
      const ports = service.ports.map((it) => it.number);
      const isAssumed = isOnlyAssumed(view, service);
      const target = service.ports.find((it) => it.targetPort === number);
      yield {
        path,
        message: isAssumed
          ? `"${service.hostname}" usually has only the ports ${ports.join(', ')}, and no file has this Service; unless it has ${number} too, these requests fail with 503`
          : `"${service.hostname}" has no port ${number}, only ${ports.join(', ')}, so these requests fail with 503`,
        severity: isAssumed ? 'info' : 'error',
        related: service.origin ? [{ ...service.origin, message: 'The ports are written here' }] : [],
        fixes: ports.slice(0, 3).map((port) =>
          edit(`Use port ${port}`, resource, [{ op: 'set', path, value: port }], {
            preferred: target
              ? target.number === port
              : ports.length === 1 || (!!kubernetesName(service.hostname) && port === ports[0]),
          }),
        ),
      };
    }
  },
});
