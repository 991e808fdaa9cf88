import type { Origin } from '../mesh/origin';
import type { View } from '../workspace/view';
import { decided, type Ending } from './branch';
import type { Connection } from './connection';
import type { FilterChain } from './filter-chains';
import { gatewayRoutes } from './gateway-routes';
import type { MeshProxy } from './mesh-proxy';
import type { Hop } from './request';
import { matchesRoute } from './route-match';
import type { Route, RouteAction } from './routes';
import { outboundRoutes, sniffedRoutes } from './sidecar-routes';
import { findVirtualHost, type RouteConfig, type VirtualHost } from './virtual-hosts';

/** What an HTTP filter chain does with a request. */
export type HttpDecision =
  | { readonly kind: 'end'; readonly hop: Hop; readonly ending: Ending }
  | {
      readonly kind: 'unknown-host';
      readonly hop: Hop;
      readonly catchAll: NonNullable<RouteConfig['catchAll']>;
    }
  | {
      readonly kind: 'route';
      readonly hop: Hop;
      readonly route: Route;
      readonly action: RouteAction & { readonly kind: 'clusters' };
    };

/** Finds the virtual host and the route for a request. */
export function decideHttp(
  view: View,
  proxy: MeshProxy,
  connection: Connection,
  chain: FilterChain,
  routeConfig: string,
  hop: Hop,
): HttpDecision {
  const at: Hop = { ...hop, routeConfig };
  const routes = routesOf(view, proxy, routeConfig);
  const host = findVirtualHost(routes, connection.http.authority);
  if (!host) {
    return unknownHost(decided(at, ...chain.origins), routes);
  }
  const there: Hop = { ...at, virtualHost: host.name };
  const route = host.routes.find((it) => matchesRoute(it, connection.http));
  const refused = refusal(connection, host, route);
  if (refused || !route) {
    return end(decided(there, ...serverOrigins(chain, host)), refused ?? noRoute);
  }
  return throughRoute(proxy, route, decided(there, route.origin), serverOrigins(chain, host));
}

const noRoute: Ending = { outcome: 'no-route', reason: '404: no route matches', status: 404 };

function end(hop: Hop, ending: Ending): HttpDecision {
  return { kind: 'end', hop, ending };
}

export function routesOf(view: View, proxy: MeshProxy, name: string): RouteConfig {
  if (proxy.type === 'gateway') {
    return gatewayRoutes(view, proxy, name);
  }
  return name.includes(':') ? sniffedRoutes(view, proxy, name) : outboundRoutes(view, proxy, Number(name));
}

function unknownHost(hop: Hop, { catchAll }: RouteConfig): HttpDecision {
  return catchAll
    ? { kind: 'unknown-host', hop: { ...hop, virtualHost: catchAll, decidedBy: [] }, catchAll }
    : end(hop, { outcome: 'no-virtual-host', reason: '404: no virtual host has this name', status: 404 });
}

function refusal(connection: Connection, host: VirtualHost, route: Route | undefined): Ending | undefined {
  if (host.requiresTls && connection.http.scheme !== 'https') {
    return { outcome: 'redirect', reason: 'the server redirects to HTTPS', status: 301 };
  }
  return route ? undefined : noRoute;
}

function throughRoute(proxy: MeshProxy, route: Route, hop: Hop, servers: readonly Origin[]): HttpDecision {
  const named: Hop = { ...hop, route: route.name || undefined };
  const at = proxy.type === 'gateway' ? decided(named, ...servers) : named;
  const { action } = route;
  return action.kind === 'clusters'
    ? { kind: 'route', hop: at, route, action }
    : end(at, { outcome: action.kind, status: action.status });
}

/** The server that offers the name; when several do, none of them alone decides. */
function serverOrigins(chain: FilterChain, host: VirtualHost): readonly Origin[] {
  return chain.origins.length > 0 ? chain.origins : host.origins.length === 1 ? host.origins : [];
}
