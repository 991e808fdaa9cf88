import { matchedPorts, type RouteBlock, routeCountsAt, routesOf } from '../../intent/hops';
import { servingPorts } from '../../intent/reception';
import { findGatewayProxy } from '../../mesh/gateways';
import { kubernetesName, meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { sameResource } from '../../mesh/origin';
import { findService, portOf } from '../../mesh/registry';
import type { MeshService } from '../../mesh/service';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { asKind } from '../../model/resource';
import type { View } from '../../workspace/view';
import { isOnlyAssumed } from '../missing';
import { edit, type RuleFix, rule } from '../rule';

export const destinationPortNotExposed = rule({
  name: 'virtual-service/destination-port-not-exposed',
  istio: 'IST0101',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route leads to a port that its destination does not have.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    const destinations = routesOf(virtualService).flatMap((it) =>
      it.destinations.map(({ destination, origin }) => ({ destination, origin, block: it.block })),
    );
    for (const { destination, origin, block } of destinations) {
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
        fixes: [
          ...registration(virtualService, block, service, number),
          ...likely(view, virtualService, service)
            .slice(0, 3)
            .map((port, index) =>
              edit(`Use port ${port}`, resource, [{ op: 'set', path, value: port }], {
                preferred: target
                  ? target.number === port
                  : ports.length === 1 || (!!kubernetesName(service.hostname) && index === 0),
              }),
            ),
        ],
      };
    }
  },
});

/** For a host whose clients are told to ask on the very port: then it is the registration that lacks it. */
function registration(
  virtualService: MergedVirtualService,
  block: RouteBlock,
  { hostname, origin }: MeshService,
  number: number,
): readonly RuleFix[] {
  const entry = origin && asKind(origin.resource, 'ServiceEntry');
  const isAsked = routesOf(virtualService).some(
    (it) =>
      it.block === block &&
      routeCountsAt(virtualService, it, meshGateway) &&
      matchedPorts(it, meshGateway)?.includes(number),
  );
  if (!entry || !isAsked || block === 'tcp' || !virtualService.hosts.includes(hostname)) {
    return [];
  }
  const value = { number, name: `${block}-${number}`, protocol: block.toUpperCase() };
  const change = { op: 'insert' as const, path: ['spec', 'ports'], value };
  const title = `Register port ${number} in "${entry.namespace}/${entry.name}" too`;
  return [edit(title, entry, [change], { preferred: true })];
}

/** The ports of a gateway that lead to a server for the hosts first. */
function likely(
  view: View,
  { hosts }: MergedVirtualService,
  { hostname, ports }: MeshService,
): readonly number[] {
  const proxy = findGatewayProxy(view, hostname);
  const serving = new Set(proxy ? hosts.flatMap((host) => servingPorts(view, proxy, host)) : []);
  const all = ports.map((it) => it.number);
  return [...all.filter((it) => serving.has(it)), ...all.filter((it) => !serving.has(it))];
}
