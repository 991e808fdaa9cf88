import { findGatewayProxy, type GatewayProxy, gatewaysOn, serverHostsFor } from '../mesh/gateways';
import { hostsOverlap, isWildcard, splitNamespacedHost } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { PlacedServer } from '../mesh/mesh-gateway';
import { portOf } from '../mesh/registry';
import { resolvePorts, targetPortOf } from '../mesh/resolve-ports';
import { gatewayVirtualServices } from '../mesh/virtual-services';
import type { View } from '../workspace/view';
import { type AnyRoute, type GatewayHop, routeCountsAt, routesOf } from './hops';

/** How a gateway takes what a hop sends it, as far as the first thing that is missing. */
export type Reception =
  /** No Gateway is configured on these pods. */
  | { readonly state: 'no-gateway' }
  /** There are servers, but none on the port the hop leads to. */
  | { readonly state: 'no-server-on-port'; readonly servers: readonly PlacedServer[] }
  /** There are servers on the port, but none for this host. */
  | { readonly state: 'host-not-served'; readonly servers: readonly PlacedServer[] }
  /** A server takes the host, but no VirtualService with this host is bound to its Gateway. */
  | { readonly state: 'not-bound'; readonly servers: readonly PlacedServer[] }
  /** A VirtualService is bound, but none of its routes counts at the Gateway. */
  | {
      readonly state: 'no-route';
      readonly servers: readonly PlacedServer[];
      readonly bound: readonly Bound[];
    }
  | {
      readonly state: 'received';
      readonly servers: readonly PlacedServer[];
      readonly bound: readonly Bound[];
    };

/** A VirtualService that has something to say about the host at a server. */
export interface Bound {
  readonly virtualService: MergedVirtualService;
  readonly server: PlacedServer;
  /** Its routes that count there. */
  readonly routes: readonly AnyRoute[];
}

/** Depends on the gateway, its port and the host alone, so every hop that is alike shares one answer. */
export function reception(view: View, { proxy, port }: GatewayHop, host: string): Reception {
  const { hostname } = proxy.service;
  return view.derive('intent/reception', `${hostname} ${port ?? ''} ${host}`, () => {
    const found = findGatewayProxy(view, hostname);
    return found ? receive(view, found, port, host) : { state: 'no-gateway' };
  });
}

function receive(view: View, proxy: GatewayProxy, port: number | undefined, host: string): Reception {
  const index = serverIndex(view, proxy);
  if (index.all.length === 0) {
    return { state: 'no-gateway' };
  }
  const onPort = port === undefined ? index : indexOnPort(view, proxy, port);
  if (!onPort) {
    return { state: 'no-server-on-port', servers: index.all };
  }
  const servers = serversFor(onPort, host);
  if (servers.length === 0) {
    return { state: 'host-not-served', servers: onPort.all };
  }
  const bound = servers.flatMap((server) => boundTo(view, proxy, server, host));
  if (bound.length === 0) {
    return { state: 'not-bound', servers };
  }
  return { state: bound.some((it) => it.routes.length > 0) ? 'received' : 'no-route', servers, bound };
}

/** Servers by the names they take, so that one of thousands is found without looking at all. */
interface ServerIndex {
  readonly all: PlacedServer[];
  readonly byName: Map<string, PlacedServer[]>;
  readonly wildcards: PlacedServer[];
  readonly byPort: Map<number, ServerIndex>;
}

function serverIndex(view: View, proxy: GatewayProxy): ServerIndex {
  const { hostname } = proxy.service;
  return view.derive('intent/server-index', hostname, () => {
    const index = emptyIndex();
    const current = findGatewayProxy(view, hostname);
    for (const gateway of current ? gatewaysOn(view, current) : []) {
      for (const server of gateway.servers) {
        addServer(index, server);
        const number = server.server.port?.number;
        for (const port of number === undefined ? [] : resolvePorts(number, gateway, current!)) {
          const onPort = index.byPort.get(port) ?? emptyIndex();
          index.byPort.set(port, onPort);
          addServer(onPort, server);
        }
      }
    }
    return index;
  });
}

function emptyIndex(): ServerIndex {
  return { all: [], byName: new Map(), wildcards: [], byPort: new Map() };
}

function addServer(index: ServerIndex, server: PlacedServer): void {
  index.all.push(server);
  const names = server.hosts.map((written) => splitNamespacedHost(written).host);
  if (names.some(isWildcard)) {
    index.wildcards.push(server);
    return;
  }
  for (const name of new Set(names)) {
    index.byName.set(name, [...(index.byName.get(name) ?? []), server]);
  }
}

function serversFor(index: ServerIndex, host: string): readonly PlacedServer[] {
  const takes = (server: PlacedServer): boolean =>
    server.hosts.some((written) => hostsOverlap(splitNamespacedHost(written).host, host));
  return isWildcard(host)
    ? index.all.filter(takes)
    : [...(index.byName.get(host) ?? []), ...index.wildcards.filter(takes)];
}

function indexOnPort(view: View, proxy: GatewayProxy, port: number): ServerIndex | undefined {
  const servicePort = portOf(proxy.service, port);
  const target = servicePort && targetPortOf(servicePort, proxy.pod);
  return target === undefined ? undefined : serverIndex(view, proxy).byPort.get(target);
}

/** The servers that listen where a port of the gateway's Service leads. */
export function serversOnPort(view: View, proxy: GatewayProxy, port: number): readonly PlacedServer[] {
  return indexOnPort(view, proxy, port)?.all ?? [];
}

/** A server that takes the host on this very port, on a gateway the hops lead to, while none of them leads to it. */
export function unreachedServer(
  view: View,
  hops: readonly GatewayHop[],
  host: string,
  port: number,
): PlacedServer | undefined {
  return hops
    .flatMap(({ proxy }) => serversFor(serverIndex(view, proxy), host))
    .find(
      (server) =>
        server.server.port?.number === port &&
        !hops.some((it) => it.port === undefined || serversOnPort(view, it.proxy, it.port).includes(server)),
    );
}

function boundTo(view: View, proxy: GatewayProxy, server: PlacedServer, host: string): Bound[] {
  return gatewayVirtualServices(view, proxy.namespace, server.gateway.id)
    .filter(
      (it) =>
        it.hosts.some((own) => hostsOverlap(own, host)) &&
        serverHostsFor(server, it.namespace).some((served) => hostsOverlap(served, host)),
    )
    .map((virtualService) => ({
      virtualService,
      server,
      routes: routesOf(virtualService).filter((route) =>
        routeCountsAt(virtualService, route, server.gateway.id),
      ),
    }));
}

/** The names requests carry on a hop: what the route changes them to, the SNI, or the hosts of the VirtualService. */
export function hostsOnHop(hop: GatewayHop): readonly string[] {
  if (hop.authority !== undefined) {
    return [hop.authority];
  }
  const sniHosts = hop.block === 'tls' ? hop.matches.flatMap(({ match }) => match.sniHosts ?? []) : [];
  return sniHosts.length > 0 ? [...new Set(sniHosts)] : hop.virtualService.hosts;
}
