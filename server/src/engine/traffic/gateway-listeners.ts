import { hostsOverlap, isSubsetOf, splitNamespacedHost } from '../mesh/hosts';
import {
  isHttpServer,
  isPassthrough,
  type ListeningServer,
  mergedGateway,
  type ServerGroup,
} from '../mesh/merged-servers';
import type { MergedVirtualService, Placed } from '../mesh/merged-virtual-service';
import type { PlacedServer } from '../mesh/mesh-gateway';
import { within } from '../mesh/origin';
import { isHttp } from '../mesh/protocols';
import { gatewayVirtualServices } from '../mesh/virtual-services';
import type { RouteMatch, TcpRoute, TlsRoute } from '../model/specs';
import type { View } from '../workspace/view';
import type { FilterChain, Listener, NetworkFilter, ServerTlsMode } from './filter-chains';
import { currentProxy, type MeshProxy } from './mesh-proxy';
import { routedFilter } from './sidecar-chains';

/** The listeners of a gateway, by the port its pods listen on. */
export function gatewayListeners(view: View, proxy: MeshProxy): ReadonlyMap<number, Listener> {
  return view.derive('traffic/gateway-listeners', proxy.key, () => {
    const current = currentProxy(view, proxy);
    const listeners = new Map<number, Listener>();
    const names = new Map<string, { readonly bind: string; readonly server: PlacedServer }>();
    for (const group of current.gateway ? mergedGateway(view, current.gateway).groups : []) {
      if (group.bind !== '' && group.bind !== anyBind) {
        continue;
      }
      const known = listeners.get(group.port)?.chains ?? [];
      const chains = [...known, ...groupChains(view, current, group, names)];
      if (chains.length > 0) {
        listeners.set(group.port, { name: `${anyBind}_${group.port}`, chains });
      }
    }
    return listeners;
  });
}

const anyBind = '0.0.0.0';

type TakenNames = Map<string, { readonly bind: string; readonly server: PlacedServer }>;

function groupChains(
  view: View,
  proxy: MeshProxy,
  group: ServerGroup,
  names: TakenNames,
): readonly FilterChain[] {
  const first = group.servers[0]!;
  if (isHttp(group.protocol)) {
    return [httpChain(first, undefined, group.servers)];
  }
  return group.servers.flatMap((server) => {
    const { tls } = server.server.server;
    if (tls && isHttpServer(server.server)) {
      return [httpChain(server, tlsMode(server), [server])];
    }
    if (tls?.mode === 'AUTO_PASSTHROUGH') {
      return autoPassthroughChains(proxy, server);
    }
    return tls && isPassthrough(server.server)
      ? passthroughChains(view, proxy, server, names)
      : terminatingChains(view, proxy, server);
  });
}

function httpChain(
  server: ListeningServer,
  tls: ServerTlsMode | undefined,
  servers: readonly ListeningServer[],
): FilterChain {
  return {
    match: { sniHosts: tls ? server.sniHosts : [], blocks: [] },
    ...(tls && { tls }),
    filter: { kind: 'http', routeConfig: server.routeName },
    origins: servers.length === 1 ? [server.server.origin] : [],
  };
}

function tlsMode({ server }: ListeningServer): ServerTlsMode | undefined {
  const mode = server.server.tls?.mode;
  return mode === 'SIMPLE' || mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL' || mode === 'ISTIO_MUTUAL'
    ? mode
    : undefined;
}

/** Plain TCP, or TLS that ends here: one chain, with the first TCP route that fits. */
function terminatingChains(view: View, proxy: MeshProxy, server: ListeningServer): readonly FilterChain[] {
  const found = tcpRoute(view, proxy, server);
  if (!found) {
    return [];
  }
  const tls = tlsMode(server);
  return [
    {
      match: { sniHosts: tls ? server.sniHosts : [], blocks: [] },
      ...(tls && { tls }),
      filter: found.filter,
      origins: [found.placed.origin, server.server.origin],
    },
  ];
}

function tcpRoute(
  view: View,
  proxy: MeshProxy,
  server: ListeningServer,
): { readonly filter: NetworkFilter; readonly placed: Placed<TcpRoute | TlsRoute> } | undefined {
  for (const service of boundServices(view, proxy, server)) {
    const tcp = service.tcp.find(
      ({ route }) => (route.route?.length ?? 0) > 0 && matchesAny(route.match, server),
    );
    // A TLSRoute of the Gateway API has no other block for TLS that ends here.
    const terminated = service.semantics === 'gateway-api' && server.server.server.tls !== undefined;
    const placed =
      tcp ??
      (terminated
        ? service.tls.find(({ route }) => route.match?.some((it) => matchesServer(it, server)))
        : undefined);
    if (placed) {
      return { placed, filter: routedFilter(view, proxy, placed, server.serverPort) };
    }
  }
  return undefined;
}

/** TLS that is passed on: one chain for each match, told apart by names. A name that is taken skips the match. */
function passthroughChains(
  view: View,
  proxy: MeshProxy,
  server: ListeningServer,
  names: TakenNames,
): readonly FilterChain[] {
  const chains: FilterChain[] = [];
  for (const service of boundServices(view, proxy, server)) {
    for (const placed of service.tls) {
      const { route, origin } = placed;
      for (const [index, match] of (route.route?.length ? (route.match ?? []) : []).entries()) {
        const sniHosts = match.sniHosts ?? [];
        if (!matchesServer(match, server) || !claim(names, sniHosts, server)) {
          continue;
        }
        chains.push({
          match: { sniHosts, blocks: [] },
          filter: routedFilter(view, proxy, placed, server.serverPort),
          origins: [origin, within(origin, 'match', index), server.server.origin],
        });
      }
    }
  }
  return chains;
}

/** Mesh mutual TLS is passed on by the name of the cluster in its handshake, to services of the mesh only. */
function autoPassthroughChains(proxy: MeshProxy, server: ListeningServer): readonly FilterChain[] {
  return [...proxy.scope.services.values()]
    .filter((it) => !it.external && server.sniHosts.some((host) => isSubsetOf(it.hostname, host)))
    .flatMap((service) =>
      service.ports
        .filter((it) => it.protocol !== 'UDP')
        .map((port): FilterChain => {
          const cluster = { hostname: service.hostname, port: port.number };
          return {
            match: { sniHosts: [`outbound_.${port.number}_._.${service.hostname}`], blocks: [] },
            filter: { kind: 'tcp', clusters: [{ cluster, weight: 0 }] },
            origins: [server.server.origin],
          };
        }),
    );
}

function claim(
  names: TakenNames,
  hosts: readonly string[],
  { port, bind, server }: ListeningServer,
): boolean {
  const keys = hosts.map((host) => `${port} ${host}`);
  if (keys.some((key) => names.get(key)?.bind === bind)) {
    return false;
  }
  keys.forEach((key) => void names.set(key, { bind, server }));
  return true;
}

/** The VirtualServices bound to the server's Gateway that have a host of the server. */
function boundServices(
  view: View,
  proxy: MeshProxy,
  { server }: ListeningServer,
): readonly MergedVirtualService[] {
  return gatewayVirtualServices(view, proxy.namespace, server.gateway.id).filter((service) =>
    service.hosts.some((host) =>
      server.hosts.some((written) => {
        const { namespace, host: own } = splitNamespacedHost(written);
        return (namespace === undefined || namespace === service.namespace) && hostsOverlap(own, host);
      }),
    ),
  );
}

function matchesAny(matches: readonly RouteMatch[] | undefined, server: ListeningServer): boolean {
  return !matches || matches.length === 0 || matches.some((it) => matchesServer(it, server));
}

/** On a gateway the port of a match is the server's own. */
function matchesServer(match: RouteMatch, { server, serverPort }: ListeningServer): boolean {
  return (
    (!match.port || match.port === serverPort) &&
    (!match.gateways?.length || match.gateways.includes(server.gateway.id))
  );
}
