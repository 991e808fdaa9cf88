import { memoize } from '../mesh/derive';
import { findGatewayProxy, type GatewayProxy, gatewaysNamed } from '../mesh/gateways';
import { hostsOverlap, isInCluster, meshGateway } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { MeshGateway } from '../mesh/mesh-gateway';
import { type Origin, within } from '../mesh/origin';
import type { Destination, RouteMatch } from '../model/specs';
import type { View } from '../workspace/view';

/**
 * A route whose destination is a gateway: someone wrote that these requests leave through it. Whether they do is
 * for the rules to find out.
 */
export interface GatewayHop {
  readonly virtualService: MergedVirtualService;
  readonly block: RouteBlock;
  /** Position in its block, delegates merged. */
  readonly index: number;
  readonly route: Origin;
  readonly matches: readonly PlacedMatch[];
  readonly destination: Destination;
  readonly origin: Origin;
  readonly proxy: GatewayProxy;
  /** The port of the gateway's Service, where it is written or there is only one. */
  readonly port: number | undefined;
  /** The name the request carries when it reaches the gateway, where the route changes it. */
  readonly authority: string | undefined;
}

export type RouteBlock = 'http' | 'tls' | 'tcp';

export interface PlacedMatch {
  readonly match: RouteMatch & { readonly sniHosts?: readonly string[] };
  readonly origin: Origin;
}

/** Any route of a VirtualService, whatever its block. */
export interface AnyRoute {
  readonly block: RouteBlock;
  readonly index: number;
  readonly origin: Origin;
  readonly matches: readonly PlacedMatch[];
  readonly destinations: readonly { readonly destination: Destination; readonly origin: Origin }[];
  readonly authority: string | undefined;
}

export const routesOf = memoize(({ http, tls, tcp }: MergedVirtualService): readonly AnyRoute[] => {
  return [
    ...http.map((placed, index) => ({
      block: 'http' as const,
      index,
      origin: placed.origin,
      matches: placed.matches,
      destinations: destinationsOf(placed.route.route, placed.origin),
      authority: placed.route.rewrite?.authority,
    })),
    ...tls.map((placed, index) => ({ block: 'tls' as const, index, ...streamRoute(placed) })),
    ...tcp.map((placed, index) => ({ block: 'tcp' as const, index, ...streamRoute(placed) })),
  ];
});

function streamRoute({
  route,
  origin,
}: {
  readonly route: {
    readonly match?: readonly PlacedMatch['match'][];
    readonly route?: readonly { readonly destination?: Destination }[];
  };
  readonly origin: Origin;
}): Omit<AnyRoute, 'block' | 'index'> {
  return {
    origin,
    matches: (route.match ?? []).map((match, index) => ({ match, origin: within(origin, 'match', index) })),
    destinations: destinationsOf(route.route, origin),
    authority: undefined,
  };
}

function destinationsOf(
  routes: readonly { readonly destination?: Destination }[] | undefined,
  origin: Origin,
): AnyRoute['destinations'] {
  return (routes ?? []).flatMap(({ destination }, index) =>
    destination ? [{ destination, origin: within(origin, 'route', index, 'destination') }] : [],
  );
}

/** The routes of a VirtualService that lead to a gateway. */
export function hopsOf(view: View, virtualService: MergedVirtualService): readonly GatewayHop[] {
  const hops: GatewayHop[] = [];
  for (const { host, hopTo } of localDestinations(virtualService)) {
    const proxy = findGatewayProxy(view, host);
    if (proxy) {
      hops.push(hopTo(proxy));
    }
  }
  return hops;
}

/** A destination inside the cluster, which may be a gateway. */
interface LocalDestination {
  readonly host: string;
  /** The same hop for the same gateway. */
  readonly hopTo: (proxy: GatewayProxy) => GatewayHop;
}

const localDestinations = memoize((virtualService: MergedVirtualService): readonly LocalDestination[] =>
  routesOf(virtualService).flatMap((route) =>
    route.destinations
      .filter(({ destination }) => isInCluster(destination.host ?? ''))
      .map(({ destination, origin }) => {
        const { block, index, origin: at, matches, authority } = route;
        const hopTo = memoize((proxy: GatewayProxy): GatewayHop => {
          const port = destination.port?.number ?? onlyPort(proxy);
          return {
            virtualService,
            block,
            index,
            route: at,
            matches,
            destination,
            origin,
            proxy,
            port,
            authority,
          };
        });
        return { host: destination.host!, hopTo };
      }),
  ),
);

function onlyPort({ service }: GatewayProxy): number | undefined {
  return service.ports.length === 1 ? service.ports[0]!.number : undefined;
}

/** Whether a match counts for requests at `gateway`: `mesh`, or `namespace/name`. */
export function countsAt(match: RouteMatch, gateway: string): boolean {
  return !match.gateways || match.gateways.length === 0 || match.gateways.includes(gateway);
}

/** Whether a route counts at `gateway` at all, for some request. */
export function routeCountsAt(
  virtualService: MergedVirtualService,
  route: Pick<AnyRoute, 'matches'>,
  gateway: string,
): boolean {
  return (
    virtualService.gateways.includes(gateway) &&
    (route.matches.length === 0 || route.matches.some(({ match }) => countsAt(match, gateway)))
  );
}

/** Whether a route counts at gateways and not on sidecars. */
export function isForGateways(
  virtualService: MergedVirtualService,
  route: Pick<AnyRoute, 'matches'>,
): boolean {
  return (
    !routeCountsAt(virtualService, route, meshGateway) &&
    virtualService.gateways.some((it) => routeCountsAt(virtualService, route, it))
  );
}

/** Whether a route that gateways follow sends on to another host than those it is for, other gateways aside. */
export function leadsElsewhere(
  view: View,
  virtualService: MergedVirtualService,
  route: Pick<AnyRoute, 'matches' | 'destinations'>,
): boolean {
  return (
    isForGateways(virtualService, route) &&
    route.destinations.some(
      ({ destination: { host = '' } }) =>
        !virtualService.hosts.some((own) => hostsOverlap(own, host)) && !findGatewayProxy(view, host),
    )
  );
}

/** The Gateways at which a route counts for some request. */
export function gatewaysOf(
  view: View,
  virtualService: MergedVirtualService,
  route: Pick<AnyRoute, 'matches'>,
): readonly MeshGateway[] {
  return virtualService.gateways
    .filter((it) => routeCountsAt(virtualService, route, it))
    .flatMap((it) => gatewaysNamed(view, it));
}

/** Whether sidecars follow this hop. */
export function isFromMesh(hop: GatewayHop): boolean {
  return routeCountsAt(hop.virtualService, hop, meshGateway);
}

/** The ports a hop takes requests for, or nothing when it takes all. */
export function matchedPorts(
  hop: Pick<GatewayHop, 'matches'>,
  gateway: string,
): readonly number[] | undefined {
  const counted = hop.matches.filter(({ match }) => countsAt(match, gateway));
  const ports = counted.map(({ match }) => match.port);
  return counted.length === 0 || ports.includes(undefined) ? undefined : (ports as readonly number[]);
}
