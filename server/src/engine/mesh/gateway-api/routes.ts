import { type Fields, text } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { HttpMatch, HttpRoute, TcpRoute, TlsRoute } from '../../model/specs';
import type { View } from '../../workspace/view';
import { compareAge } from '../age';
import { meshFacts } from '../facts';
import { hostsOverlap, intersectHosts } from '../hosts';
import type { MergedVirtualService, Placed, PlacedHttpRoute } from '../merged-virtual-service';
import type { Origin } from '../origin';
import { backendsOf, isWeightless } from './backends';
import { filtersOf } from './filters';
import { compareMatches, grpcMatch, httpMatch } from './matches';
import { gatewayApiObjects, mapsIn, textsIn } from './objects';
import { isIsolated, type Parent, parentsOf } from './parents';

/** The routes of the Gateway API as VirtualServices, which is what Istio makes of them. */
export function apiVirtualServices(view: View): readonly MergedVirtualService[] {
  return view.derive('mesh/api-virtual-services', '', () => [
    ...httpServices(view, 'HTTPRoute', httpMatch),
    ...httpServices(view, 'GRPCRoute', grpcMatch),
    ...gatewayApiObjects(view, 'TLSRoute').flatMap((it) => tlsServices(view, it)),
    ...gatewayApiObjects(view, 'TCPRoute').flatMap((it) => tcpServices(view, it)),
  ]);
}

interface Keyed {
  readonly key: string;
  readonly service: MergedVirtualService;
}

/** Routes for the same host of the same parent are joined, the oldest first. */
function httpServices(
  view: View,
  kind: string,
  toMatch: (match: Fields) => HttpMatch,
): readonly MergedVirtualService[] {
  const merged = new Map<string, MergedVirtualService>();
  const routes = [...gatewayApiObjects(view, kind)].sort(compareAge);
  for (const { key, service } of routes.flatMap((it) => httpRoute(view, it, toMatch))) {
    const known = merged.get(key);
    merged.set(key, known ? { ...known, http: [...known.http, ...service.http] } : service);
  }
  return [...merged].map(([key, service]) => ({ ...service, name: key.replaceAll('/', '~') }));
}

function httpRoute(view: View, route: Resource<'Other'>, toMatch: (match: Fields) => HttpMatch): Keyed[] {
  const hostnames = textsIn(route.spec, 'hostnames');
  return parentsOf(view, route).flatMap((parent): Keyed[] => {
    const http = httpRules(view, route, toMatch, parent);
    const hosts = parent.kind === 'mesh' ? parent.hosts : hostnames.length > 0 ? hostnames : ['*'];
    const port = parent.kind === 'mesh' && parent.port ? `/${parent.port}` : '';
    const place = parent.kind === 'mesh' ? `${route.namespace}${port}` : parent.gateway;
    return http.length === 0
      ? []
      : hosts
          .filter((it) => isIsolated(view, parent, it))
          .map((host): Keyed => {
            return { key: `${place}/${host}`, service: toService(view, route, parent, host, { http }) };
          });
  });
}

/** One route for each match of each rule. A rule that is wrong in itself takes all others with it. */
function httpRules(
  view: View,
  route: Resource<'Other'>,
  toMatch: (match: Fields) => HttpMatch,
  parent: Parent,
): readonly PlacedHttpRoute[] {
  const placed: PlacedHttpRoute[] = [];
  for (const [index, rule] of mapsIn(route.spec, 'rules').entries()) {
    const origin: Origin = { resource: route, path: ['spec', 'rules', index] };
    const action = actionOf(view, route, rule, origin, parent);
    if (!action) {
      return [];
    }
    const name = text(rule.name) ?? `${route.namespace}.${route.name}.${index}`;
    const written = mapsIn(rule, 'matches');
    const matches = written.length === 0 ? [undefined] : written.map(toMatch);
    for (const [position, own] of matches.entries()) {
      const match = withPort(own, parent);
      const at: Origin = {
        resource: route,
        path: own ? [...origin.path, 'matches', position] : parent.origin.path,
      };
      placed.push({
        route: { name, ...action.route, ...(match && { match: [match] }) },
        origin,
        destinationOrigins: action.origins,
        matches: match ? [{ match, origin: at }] : [],
      });
    }
  }
  return placed.sort((a, b) => compareMatches(a.matches[0]?.match, b.matches[0]?.match));
}

function withPort(match: HttpMatch | undefined, parent: Parent): HttpMatch | undefined {
  return parent.kind === 'mesh' && parent.port ? { ...match, port: parent.port } : match;
}

function actionOf(
  view: View,
  route: Resource<'Other'>,
  rule: Fields,
  origin: Origin,
  parent: Parent,
): { readonly route: HttpRoute; readonly origins: readonly Origin[] } | undefined {
  const filters = filtersOf(rule);
  if (!filters) {
    return undefined;
  }
  if (isWeightless(rule) && !filters.redirect) {
    return { route: { ...filters, directResponse: { status: 500 } }, origins: [] };
  }
  const backends = backendsOf(view, route, rule, origin, parent.kind === 'listener');
  return backends && { route: { ...filters, route: backends.route }, origins: backends.origins };
}

function tlsServices(view: View, route: Resource<'Other'>): readonly MergedVirtualService[] {
  const written = textsIn(route.spec, 'hostnames');
  const hostnames = written.length > 0 ? written : ['*'];
  return parentsOf(view, route).flatMap((parent, index) => {
    const limit = parent.kind === 'listener' ? parent.listener.hostname : '';
    const own = limit === '' ? hostnames : intersectHosts(hostnames, [limit]);
    const hosts = parent.kind === 'mesh' ? parent.hosts : own;
    return hosts.map((host) => {
      const all = parent.kind === 'mesh' && hostnames.join() === '*' ? parent.hosts : own;
      const sniHosts =
        parent.kind === 'mesh' && all.length > 1 ? all.filter((it) => hostsOverlap(host, it)) : all;
      const tls = l4Rules(view, route, parent).map(({ route: placed, ...place }): Placed<TlsRoute> => {
        const port = parent.kind === 'mesh' ? parent.port : undefined;
        return { ...place, route: { ...placed, match: [{ sniHosts, ...(port && { port }) }] } };
      });
      const service = toService(view, route, parent, host, { tls });
      return { ...service, name: `${route.name}~tls~${index}` };
    });
  });
}

function tcpServices(view: View, route: Resource<'Other'>): readonly MergedVirtualService[] {
  return parentsOf(view, route).flatMap((parent, index) =>
    (parent.kind === 'mesh' ? parent.hosts : ['*']).map((host) => {
      const port = parent.kind === 'mesh' ? parent.port : undefined;
      const tcp = l4Rules(view, route, parent).map(({ route: placed, ...place }): Placed<TcpRoute> => {
        return { ...place, route: { ...placed, ...(port && { match: [{ port }] }) } };
      });
      const service = toService(view, route, parent, host, { tcp });
      return { ...service, name: `${route.name}~tcp~${index}` };
    }),
  );
}

function l4Rules(
  view: View,
  route: Resource<'Other'>,
  parent: Parent,
): readonly Placed<Pick<TcpRoute, 'route'>>[] {
  const placed: Placed<Pick<TcpRoute, 'route'>>[] = [];
  for (const [index, rule] of mapsIn(route.spec, 'rules').entries()) {
    const origin: Origin = { resource: route, path: ['spec', 'rules', index] };
    if (isWeightless(rule)) {
      placed.push({ route: { route: [{ destination: { host: '', port: { number: 0 } } }] }, origin });
      continue;
    }
    const backends = backendsOf(view, route, rule, origin, parent.kind === 'listener');
    if (!backends) {
      return [];
    }
    placed.push({ route: { route: backends.route }, origin, destinationOrigins: backends.origins });
  }
  return placed;
}

function toService(
  view: View,
  route: Resource<'Other'>,
  parent: Parent,
  host: string,
  routes: Partial<Pick<MergedVirtualService, 'http' | 'tls' | 'tcp'>>,
): MergedVirtualService {
  const index = textsIn(route.spec, 'hostnames').indexOf(host);
  const origin: Origin =
    index < 0 || parent.kind === 'mesh'
      ? parent.origin
      : { resource: route, path: ['spec', 'hostnames', index] };
  const exportTo = meshFacts(view).defaultVirtualServiceExportTo.value;
  return {
    resource: route,
    name: route.name,
    namespace: route.namespace,
    ...(route.creationTimestamp !== undefined && { creationTimestamp: route.creationTimestamp }),
    hosts: [host],
    hostOrigins: [origin],
    gateways: [parent.gateway],
    http: [],
    tls: [],
    tcp: [],
    ...routes,
    exportTo: exportTo.map((it) => (it === '.' ? route.namespace : it)),
    semantics: 'gateway-api',
  };
}
