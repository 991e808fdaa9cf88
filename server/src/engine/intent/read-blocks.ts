import { gatewaysOn } from '../mesh/gateways';
import { isSubsetOf, isWildcard, meshGateway } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { sameResource } from '../mesh/origin';
import { isHttp, isTls, type Protocol } from '../mesh/protocols';
import { allServices, isServiceVisible, servicesNamed } from '../mesh/registry';
import { virtualServicesFor } from '../mesh/routed-hosts';
import type { MeshPort } from '../mesh/service';
import type { View } from '../workspace/view';
import {
  type AnyRoute,
  countsAt,
  hopsOf,
  matchedPorts,
  type RouteBlock,
  routeCountsAt,
  routesOf,
} from './hops';

/** Whether sidecars look into this block for a port of this protocol. */
export function isReadFor(block: RouteBlock, protocol: Protocol): boolean {
  switch (block) {
    case 'http':
      return isHttp(protocol) || protocol === 'unsupported';
    case 'tls':
      return isTls(protocol);
    case 'tcp':
      return !isHttp(protocol) && !isTls(protocol);
  }
}

/** Whether sidecars find some route of the VirtualService for this port, wherever it leads. */
export function coversPort(
  virtualService: MergedVirtualService,
  port: number | undefined,
  protocol: Protocol,
): boolean {
  return routesOf(virtualService).some(
    (route) =>
      routeCountsAt(virtualService, route, meshGateway) &&
      isReadFor(route.block, protocol) &&
      matchesPort(route, meshGateway, port),
  );
}

/** Whether a route takes requests on this port of a gateway, or of `mesh`. */
export function matchesPort(
  route: Pick<AnyRoute, 'matches'>,
  gateway: string,
  port: number | undefined,
): boolean {
  const ports = matchedPorts(route, gateway);
  return ports === undefined || (port !== undefined && ports.includes(port));
}

/**
 * The ports a route was written for by name or by its hosts, when sidecars look into other blocks for every one of
 * them and find nothing there either. Nothing for a route that counts at gateways too: it may be meant for those.
 */
export function unreadPorts(
  view: View,
  virtualService: MergedVirtualService,
  route: AnyRoute,
): readonly MeshPort[] {
  if (!routeCountsAt(virtualService, route, meshGateway)) {
    return none;
  }
  const hops = hopsOf(view, virtualService).filter(
    (it) => it.block === route.block && it.index === route.index,
  );
  // From the gateway it leads to, it could only lead back.
  const leadsBack = (gateway: string): boolean =>
    hops.some(({ proxy }) => gatewaysOn(view, proxy).some((it) => it.id === gateway));
  const onlyMesh = virtualService.gateways.every(
    (it) => it === meshGateway || !route.matches.some(({ match }) => countsAt(match, it)) || leadsBack(it),
  );
  if (route.matches.length > 0 && !onlyMesh) {
    return none;
  }
  const meant = virtualService.hosts.flatMap((host) =>
    portsOf(view, host, virtualService.namespace)
      .filter(({ number }) => matchesPort(route, meshGateway, number))
      .map((port) => ({ host, port })),
  );
  const isDone = meant.every(({ host, port }) =>
    virtualServicesFor(view, host).some((it) =>
      hops.length > 0 && sameResource(it.resource, virtualService.resource)
        ? leadsToGateway(view, it, port)
        : it.gateways.includes(meshGateway) && coversPort(it, port.number, port.protocol),
    ),
  );
  return isDone || meant.some(({ port }) => isReadFor(route.block, port.protocol))
    ? none
    : meant.map(({ port }) => port);
}

const none: readonly MeshPort[] = [];

/** Whether sidecars find a route to a gateway for this port. Where one was meant, a route that leads past is no matter. */
function leadsToGateway(
  view: View,
  virtualService: MergedVirtualService,
  { number, protocol }: MeshPort,
): boolean {
  return hopsOf(view, virtualService).some(
    (it) =>
      routeCountsAt(virtualService, it, meshGateway) &&
      isReadFor(it.block, protocol) &&
      matchesPort(it, meshGateway, number),
  );
}

/** Every object that registers the host counts: where two differ in a protocol, nobody can be sure which one is read. */
function portsOf(view: View, host: string, namespace: string): readonly MeshPort[] {
  const covered = isWildcard(host) ? allServices(view).filter((it) => isSubsetOf(it.hostname, host)) : [];
  return (covered.length > 0 ? covered : servicesNamed(view, host))
    .filter((it) => isServiceVisible(view, it, namespace))
    .flatMap((it) => it.ports);
}
