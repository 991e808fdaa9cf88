import { findGatewayProxy, type GatewayProxy, gatewaysOn, serverHostsFor } from '../mesh/gateways';
import { hostsOverlap, isWildcard, splitNamespacedHost } from '../mesh/hosts';
import { isHttpServer, isPassthrough, isTlsServer } from '../mesh/merged-servers';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { PlacedServer } from '../mesh/mesh-gateway';
import { portOf } from '../mesh/registry';
import { resolvePorts, targetPortOf } from '../mesh/resolve-ports';
import { gatewayVirtualServices } from '../mesh/virtual-services';
import { groupByEach } from '../text/collections';
import type { View } from '../workspace/view';
import { type AnyRoute, type GatewayHop, routeCountsAt, routesOf } from './hops';
import { matchesPort } from './read-blocks';

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
  /** Its routes that count there, for the port of the server. */
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
  if (!hasServers(view, proxy, anyPort)) {
    return { state: 'no-gateway' };
  }
  const target = port === undefined ? anyPort : targetOf(proxy, port);
  if (target === undefined || !hasServers(view, proxy, target)) {
    return { state: 'no-server-on-port', servers: serversAt(view, proxy, anyPort) };
  }
  const named = serversFor(view, proxy, target, host);
  const servers = named.length > 0 ? named : serversAlong(view, proxy, target, host);
  if (servers.length === 0) {
    return { state: 'host-not-served', servers: serversAt(view, proxy, target) };
  }
  const bound = servers.flatMap((server) => boundTo(view, proxy, server, host));
  if (bound.length === 0) {
    return { state: 'not-bound', servers };
  }
  return { state: bound.some((it) => it.routes.length > 0) ? 'received' : 'no-route', servers, bound };
}

/** A port of the gateway's pods. */
type Port = number | typeof anyPort;
const anyPort = 'any';
/** Stands for every server with a wildcard in the table of names, since there are few. */
const anyWildcard = '*';

/** The servers of a gateway on a port, or only those that write `name`. */
function serversAt(view: View, proxy: GatewayProxy, port: Port, name = ''): readonly PlacedServer[] {
  const { hostname } = proxy.service;
  return view.lookUp(`intent/servers ${hostname}`, `${port} ${name}`, () => {
    const current = findGatewayProxy(view, hostname);
    const servers = current ? gatewaysOn(view, current).flatMap((it) => it.servers) : [];
    return groupByEach(servers, (server) => keysOf(server, current!));
  });
}

function keysOf({ server, gateway, hosts }: PlacedServer, proxy: GatewayProxy): readonly string[] {
  const number = server.port?.number;
  const ports: Port[] = [anyPort, ...(number === undefined ? [] : resolvePorts(number, gateway, proxy))];
  const names = hosts.map((written) => splitNamespacedHost(written).host);
  const keys = ['', ...(names.some(isWildcard) ? [anyWildcard] : names)];
  return ports.flatMap((port) => keys.map((key) => `${port} ${key}`));
}

/** Stays true while servers come and go, so that nobody who only asks this is disturbed. */
function hasServers(view: View, proxy: GatewayProxy, port: Port): boolean {
  const { hostname } = proxy.service;
  return view.derive('intent/has-servers', `${hostname} ${port}`, () => {
    const current = findGatewayProxy(view, hostname);
    return current !== undefined && serversAt(view, current, port).length > 0;
  });
}

function serversFor(view: View, proxy: GatewayProxy, port: Port, host: string): readonly PlacedServer[] {
  const takes = (server: PlacedServer): boolean =>
    server.hosts.some((written) => hostsOverlap(splitNamespacedHost(written).host, host));
  return isWildcard(host)
    ? serversAt(view, proxy, port).filter(takes)
    : [...serversAt(view, proxy, port, host), ...serversAt(view, proxy, port, anyWildcard).filter(takes)];
}

function targetOf(proxy: GatewayProxy, port: number): number | undefined {
  const servicePort = portOf(proxy.service, port);
  return servicePort && targetPortOf(servicePort, proxy.pod);
}

/** The servers that listen where a port of the gateway's Service leads. */
export function serversOnPort(view: View, proxy: GatewayProxy, port: number): readonly PlacedServer[] {
  const target = targetOf(proxy, port);
  return target === undefined ? [] : serversAt(view, proxy, target);
}

/** The ports of the gateway's Service that lead to a server for the host. */
export function servingPorts(view: View, proxy: GatewayProxy, host: string): readonly number[] {
  return proxy.service.ports
    .map((it) => it.number)
    .filter((port) =>
      serversOnPort(view, proxy, port).some((server) =>
        server.hosts.some((it) => hostsOverlap(splitNamespacedHost(it).host, host)),
      ),
    );
}

/** A server that takes the host on this very port, on a gateway the hops lead to, while none of them leads to it. */
export function unreachedServer(
  view: View,
  hops: readonly GatewayHop[],
  host: string,
  port: number,
): PlacedServer | undefined {
  return hops
    .flatMap(({ proxy }) => serversFor(view, proxy, anyPort, host))
    .find(
      (server) =>
        server.server.port?.number === port &&
        !hops.some((it) => it.port === undefined || serversOnPort(view, it.proxy, it.port).includes(server)),
    );
}

/**
 * Where the gateway does not end TLS itself, one host in common brings in the whole VirtualService: its routes tell
 * requests apart by what they say themselves, and the server's hosts are not looked at again.
 */
function serversAlong(view: View, proxy: GatewayProxy, port: Port, host: string): readonly PlacedServer[] {
  return serversAt(view, proxy, port).filter(
    (it) => isOpenToAll(it) && boundTo(view, proxy, it, host).length > 0,
  );
}

function isOpenToAll(server: PlacedServer): boolean {
  return isPassthrough(server) || (!isHttpServer(server) && !isTlsServer(server));
}

function boundTo(view: View, proxy: GatewayProxy, server: PlacedServer, host: string): Bound[] {
  const { gateway } = server;
  const port = server.server.port?.number;
  return gatewayVirtualServices(view, proxy.namespace, gateway.id)
    .filter(({ hosts, namespace }) => {
      const common = isOpenToAll(server) ? hosts : [host];
      return (
        hosts.some((own) => hostsOverlap(own, host)) &&
        serverHostsFor(server, namespace).some((served) => common.some((it) => hostsOverlap(served, it)))
      );
    })
    .map((virtualService) => ({
      virtualService,
      server,
      routes: routesOf(virtualService).filter(
        (route) => routeCountsAt(virtualService, route, gateway.id) && matchesPort(route, gateway.id, port),
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
