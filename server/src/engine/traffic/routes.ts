import { isSelectedBy } from '../mesh/destination-rules';
import type { MergedVirtualService, PlacedHttpRoute } from '../mesh/merged-virtual-service';
import type { Origin } from '../mesh/origin';
import type { MeshService } from '../mesh/service';
import type { HttpMatch, HttpRoute, Labels } from '../model/specs';
import { type Weighted, weightedClusters } from './destinations';

/** A route of a virtual host: what a request must look like, and what happens to it. */
export interface Route {
  readonly name: string;
  readonly match?: HttpMatch;
  /** The Gateway API compares paths part by part. */
  readonly byPathParts: boolean;
  readonly action: RouteAction;
  /** The VirtualService's route; absent for the route every service has of its own. */
  readonly origin?: Origin;
  /** Where the match is written. */
  readonly matchOrigin?: Origin;
  readonly virtualService?: MergedVirtualService;
}

export type RouteAction =
  | { readonly kind: 'clusters'; readonly clusters: readonly Weighted[]; readonly changes: RequestChanges }
  | { readonly kind: 'redirect'; readonly status: number }
  | { readonly kind: 'direct-response'; readonly status: number };

/** What the proxy rewrites before it sends the request on. */
export interface RequestChanges {
  readonly rewrite?: HttpRoute['rewrite'];
  readonly headers?: object;
}

/** What is known when routes are built: on which port, for which proxy, bound to which gateway. */
export interface RouteContext {
  readonly port: number;
  /** `mesh`, or `namespace/name` of a Gateway. */
  readonly gateway: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly lookUp: (hostname: string) => MeshService | undefined;
}

/** The routes of a VirtualService for one port of one proxy, up to the first that takes every request. */
export function buildRoutes(service: MergedVirtualService, context: RouteContext): readonly Route[] {
  const routes: Route[] = [];
  for (const placed of service.http) {
    if (placed.matches.length === 0) {
      routes.push(toRoute(service, placed, undefined, context));
      return routes;
    }
    for (const [index, { match, origin }] of placed.matches.entries()) {
      if (!appliesTo(match, context)) {
        continue;
      }
      const route = toRoute(service, placed, placed.route.match?.[index] ?? match, context);
      routes.push({ matchOrigin: origin, ...route });
      if (isCatchAll(route)) {
        return routes;
      }
    }
  }
  return routes;
}

/** Whether {@link buildRoutes} would find any. */
export function hasRoutes(service: MergedVirtualService, context: RouteContext): boolean {
  return service.http.some(
    ({ matches }) => matches.length === 0 || matches.some((it) => appliesTo(it.match, context)),
  );
}

/** Names of gateways outweigh source labels and namespaces: where they are written the others do not count. */
function appliesTo(match: HttpMatch, { port, gateway, namespace, labels }: RouteContext): boolean {
  if (match.port && match.port !== port) {
    return false;
  }
  if (match.gateways && match.gateways.length > 0) {
    return match.gateways.includes(gateway);
  }
  return (
    isSelectedBy(match.sourceLabels ?? {}, labels) &&
    (!match.sourceNamespace || match.sourceNamespace === namespace)
  );
}

function toRoute(
  service: MergedVirtualService,
  placed: PlacedHttpRoute,
  match: HttpMatch | undefined,
  context: RouteContext,
): Route {
  const { route, origin } = placed;
  const name = match?.name ? `${route.name ?? ''}.${match.name}` : (route.name ?? '');
  return {
    name,
    ...(match && { match }),
    byPathParts: service.semantics === 'gateway-api',
    action: actionOf(placed, context),
    origin,
    virtualService: service,
  };
}

function actionOf(placed: PlacedHttpRoute, { lookUp, port }: RouteContext): RouteAction {
  const { route } = placed;
  if (route.redirect) {
    return { kind: 'redirect', status: route.redirect.redirectCode ?? 301 };
  }
  if (route.directResponse) {
    return { kind: 'direct-response', status: route.directResponse.status ?? 0 };
  }
  return {
    kind: 'clusters',
    clusters: weightedClusters(placed, lookUp, port),
    changes: {
      ...(route.rewrite && { rewrite: route.rewrite }),
      ...(route.headers && { headers: route.headers }),
    },
  };
}

/** Matches every request, so that nothing behind it is ever reached. */
export function isCatchAll({ match }: Route): boolean {
  if (!match) {
    return true;
  }
  const { uri } = match;
  const everyPath = uri === undefined || uri.prefix === '/' || uri.regex === '.*';
  const others = [match.headers, match.withoutHeaders, match.queryParams].some(
    (it) => it !== undefined && Object.keys(it).length > 0,
  );
  return everyPath && !others && !match.method && !match.authority && !match.scheme;
}
