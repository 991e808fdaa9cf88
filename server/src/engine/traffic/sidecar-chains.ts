import { destinationRule, isSelectedBy, subsetOf } from '../mesh/destination-rules';
import { meshGateway } from '../mesh/hosts';
import type { MergedVirtualService, Placed } from '../mesh/merged-virtual-service';
import { type Origin, within } from '../mesh/origin';
import { isTls } from '../mesh/protocols';
import { anyAddress, type MeshPort, type MeshService } from '../mesh/service';
import type { Destination, RouteMatch, TcpRoute, TlsRoute } from '../model/specs';
import type { View } from '../workspace/view';
import { isDynamic } from './clusters';
import { type Weighted, weightedClusters } from './destinations';
import type { FilterChain, NetworkFilter } from './filter-chains';
import type { MeshProxy } from './mesh-proxy';

/** One port of one service on one address of a sidecar. */
export interface Outbound {
  readonly service: MeshService;
  readonly port: MeshPort;
  /** The address that is listened on. */
  readonly bind: string;
  /** Blocks of addresses when the service has one instead of an address. */
  readonly blocks: readonly string[];
  readonly virtualServices: readonly MergedVirtualService[];
}

/** The filter chains of a port that is not HTTP. */
export function outboundChains(view: View, proxy: MeshProxy, outbound: Outbound): readonly FilterChain[] {
  return isTls(outbound.port.protocol) ? tlsChains(view, proxy, outbound) : tcpChains(view, proxy, outbound);
}

/** One chain for each TLS match; only without any the service gets one of its own. */
function tlsChains(view: View, proxy: MeshProxy, outbound: Outbound): readonly FilterChain[] {
  const { port, virtualServices } = outbound;
  let { blocks } = outbound;
  const handled = new Set<string>();
  const chains: FilterChain[] = [];
  for (const service of virtualServices) {
    for (const placed of service.tls) {
      const { route, origin } = placed;
      for (const [index, match] of (route.route?.length ? (route.match ?? []) : []).entries()) {
        if (!matchesStatically(match, proxy, port.number)) {
          continue;
        }
        // A match with subnets also decides for those behind it, as it does in Istio.
        blocks = match.destinationSubnets?.length ? match.destinationSubnets : blocks;
        const key = `${match.sniHosts?.join()}|${match.destinationSubnets?.join()}`;
        if (!handled.has(key)) {
          handled.add(key);
          chains.push({
            match: { sniHosts: match.sniHosts ?? [], blocks },
            filter: routedFilter(view, proxy, placed, port.number),
            origins: [origin, within(origin, 'match', index)],
          });
        }
      }
    }
  }
  return chains.length > 0 ? chains : [ownTlsChain(view, proxy, { ...outbound, blocks })];
}

function ownTlsChain(view: View, proxy: MeshProxy, outbound: Outbound): FilterChain {
  const { service, bind, blocks } = outbound;
  const shared = service.address === anyAddress && bind === anyAddress;
  const byName = blocks.length > 0 || service.address.includes('/') || shared || isDynamic(service);
  const names = [service.hostname, ...service.aliases.map((it) => it.hostname)];
  const sniHosts = byName ? names.flatMap((it) => (it === service.hostname ? [it] : [it, `${it}.`])) : [];
  return { match: { sniHosts, blocks }, ...ownFilter(view, proxy, outbound) };
}

/** Matches without subnets take everything; those with subnets get a chain of their own. */
function tcpChains(view: View, proxy: MeshProxy, outbound: Outbound): readonly FilterChain[] {
  const { port, blocks, virtualServices } = outbound;
  const chains: FilterChain[] = [];
  for (const service of virtualServices) {
    for (const placed of service.tcp) {
      const { route, origin } = placed;
      if (!route.route?.length) {
        continue;
      }
      const matches = [...(route.match ?? []).entries()].filter(([, it]) =>
        matchesStatically(it, proxy, port.number),
      );
      const everything = matches.findIndex(([, it]) => !it.destinationSubnets?.length);
      if ((route.match ?? []).length === 0 || everything >= 0) {
        const at = matches[everything]?.[0];
        const origins = at === undefined ? [origin] : [origin, within(origin, 'match', at)];
        const filter = routedFilter(view, proxy, placed, port.number);
        return [...chains, { match: { sniHosts: [], blocks }, filter, origins }];
      }
      const subnets = matches.flatMap(([, it]) => it.destinationSubnets ?? []);
      if (subnets.length > 0) {
        const filter = routedFilter(view, proxy, placed, port.number);
        chains.push({
          match: { sniHosts: [], blocks: subnets },
          filter,
          origins: [origin, within(origin, 'match', matches[0]![0])],
        });
        if (subnets.toSorted().join() === blocks.toSorted().join()) {
          return chains;
        }
      }
    }
  }
  return [...chains, { match: { sniHosts: [], blocks }, ...ownFilter(view, proxy, outbound) }];
}

/** Unlike in HTTP, source labels and namespaces count beside names of gateways. */
function matchesStatically(match: RouteMatch, proxy: MeshProxy, port: number): boolean {
  return (
    (!match.gateways?.length || match.gateways.includes(meshGateway)) &&
    isSelectedBy(match.sourceLabels ?? {}, proxy.labels) &&
    (!match.port || match.port === port) &&
    (!match.sourceNamespace || match.sourceNamespace === proxy.namespace)
  );
}

/** Where connections go that no VirtualService routes: to the service itself. */
function ownFilter(
  view: View,
  proxy: MeshProxy,
  { service, port }: Outbound,
): Pick<FilterChain, 'filter' | 'origins'> {
  const number = service.ports.length === 1 ? service.ports[0]!.number : port.number;
  const origins: Origin[] = port.origin ? [port.origin] : service.origin ? [service.origin] : [];
  const tunnel = tunnelOf(view, proxy, { host: service.hostname });
  return {
    filter: {
      kind: 'tcp',
      clusters: [{ cluster: { hostname: service.hostname, port: number }, weight: 0 }],
      ...(tunnel && { tunnel }),
      ...(isDynamic(service) && { resolves: service.hostname }),
    },
    origins,
  };
}

/** The filter of a TCP or TLS route, on sidecars and on gateways. */
export function routedFilter(
  view: View,
  proxy: MeshProxy,
  placed: Placed<TlsRoute | TcpRoute>,
  port: number,
): NetworkFilter {
  const destinations = placed.route.route ?? [];
  const clusters: readonly Weighted[] = weightedClusters(
    placed,
    (hostname) => proxy.scope.services.get(hostname),
    port,
  );
  const first = destinations[0]?.destination;
  const { subset: _subset, ...whole } = first ?? {};
  const tunnel = tunnelOf(view, proxy, destinations.length === 1 ? first : whole);
  return { kind: 'tcp', clusters, ...(tunnel && { tunnel }) };
}

/** Connections to a destination may be wrapped in a request to a forward proxy. */
function tunnelOf(view: View, proxy: MeshProxy, destination: Destination | undefined): string | undefined {
  const service = proxy.scope.services.get(destination?.host ?? '');
  const rule = service && destinationRule(view, proxy.namespace, service, proxy.labels);
  const policy = destination?.subset
    ? subsetOf(rule, destination.subset)?.subset.trafficPolicy
    : rule?.trafficPolicy?.policy;
  const tunnel = policy?.tunnel;
  return tunnel && `${tunnel.targetHost ?? ''}:${tunnel.targetPort ?? 0}`;
}
