import { routesOf } from '../../intent/hops';
import { kubernetesName } from '../../mesh/hosts';
import { findService, portOf } from '../../mesh/registry';
import { mergedVirtualService } from '../../mesh/virtual-services';
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
      if (origin.resource !== resource) {
        continue;
      }
      const path = [...origin.path, 'port', 'number'];
      const ports = service.ports.map((it) => it.number);
      const target = service.ports.find((it) => it.targetPort === number);
      yield {
        path,
        message: `"${service.hostname}" has no port ${number}, only ${ports.join(', ')}, so these requests fail with 503`,
        // The stock gateway's ports are what the documentation says, not what anybody has written here.
        ...(!service.resource && !view.settings.closedWorld && { severity: 'warning' as const }),
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
