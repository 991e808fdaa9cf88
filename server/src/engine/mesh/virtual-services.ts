import type { Resource } from '../model/resource';
import type { Destination, HttpRoute } from '../model/specs';
import { groupBy, groupByEach, sameItems } from '../text/collections';
import type { View } from '../workspace/view';
import { compareAge } from './age';
import { mergeDelegate } from './delegates';
import { deriveList, memoize } from './derive';
import { meshFacts } from './facts';
import { apiVirtualServices } from './gateway-api/routes';
import { meshGateway, resolveGatewayName, resolveShortName } from './hosts';
import type { MergedVirtualService, Placed, PlacedHttpRoute } from './merged-virtual-service';
import { type Origin, origin, sameResource, within } from './origin';
import { isExportedTo, visibilityOf } from './visibility';

/** Every VirtualService with hosts and every route of the Gateway API, the oldest first. */
export function virtualServices(view: View): readonly MergedVirtualService[] {
  return deriveList(
    view,
    'mesh/virtual-services',
    '',
    () =>
      [
        ...view
          .all('VirtualService')
          .filter((it) => (it.spec.hosts ?? []).length > 0)
          .map((it) => mergedVirtualService(view, it)),
        ...apiVirtualServices(view),
      ].sort(compareAge),
    sameVirtualService,
  );
}

function sameVirtualService(a: MergedVirtualService, b: MergedVirtualService): boolean {
  return (
    a === b ||
    (a.semantics === 'virtual-service' &&
      sameResource(a.resource, b.resource) &&
      a.exportTo.join() === b.exportTo.join() &&
      a.http.length === b.http.length &&
      a.http.every((it, index) => sameResource(it.origin.resource, b.http[index]!.origin.resource)))
  );
}

/** A VirtualService as istiod uses it. */
export function mergedVirtualService(view: View, resource: Resource<'VirtualService'>): MergedVirtualService {
  const resolved = resolveNames(resource);
  const written = visibilityOf(view, resource).exportTo;
  const exportTo = written.includes('.')
    ? written.map((it) => (it === '.' ? resource.namespace : it))
    : written;
  if (resolved.http.some(({ route }) => route.delegate)) {
    return {
      ...resolved,
      exportTo,
      http: resolved.http.flatMap((it) => delegatedRoutes(view, resource, it)),
    };
  }
  return exportedTo(resolved, exportTo);
}

/** The same object for the same answer, so that what was made of it is found again. */
function exportedTo(resolved: ResolvedNames, exportTo: readonly string[]): MergedVirtualService {
  let merged = withoutDelegates.get(resolved);
  if (!merged || !sameItems(merged.exportTo, exportTo)) {
    // With the spread first V8 would give each a hidden class of its own, and whoever reads many would be slow.
    merged = { exportTo, ...resolved };
    withoutDelegates.set(resolved, merged);
  }
  return merged;
}

type ResolvedNames = Omit<MergedVirtualService, 'exportTo'>;

const withoutDelegates = new WeakMap<ResolvedNames, MergedVirtualService>();

/** The part that needs nothing but the object. */
const resolveNames = memoize((resource: Resource<'VirtualService'>): ResolvedNames => {
  const { spec, namespace } = resource;
  const place = <T extends { readonly match?: readonly object[]; readonly route?: readonly object[] }>(
    block: 'tls' | 'tcp',
    routes: readonly T[] = [],
  ): Placed<T>[] =>
    routes.map((route, index) => {
      return { route: resolveRoute(route, namespace), origin: origin(resource, 'spec', block, index) };
    });
  return {
    resource,
    name: resource.name,
    namespace,
    ...(resource.creationTimestamp !== undefined && { creationTimestamp: resource.creationTimestamp }),
    hosts: (spec.hosts ?? []).map((it) => resolveShortName(it, namespace)),
    hostOrigins: (spec.hosts ?? []).map((_, index) => origin(resource, 'spec', 'hosts', index)),
    gateways: (spec.gateways ?? []).length === 0 ? [meshGateway] : gatewayNames(spec.gateways, namespace),
    http: (spec.http ?? []).map((route, index) =>
      placeHttp(route, namespace, origin(resource, 'spec', 'http', index)),
    ),
    tls: place('tls', spec.tls),
    tcp: place('tcp', spec.tcp),
    semantics: 'virtual-service',
  };
});

function gatewayNames(names: readonly string[] = [], namespace: string): string[] {
  return names.map((it) => resolveGatewayName(it, namespace));
}

function placeHttp(written: HttpRoute, namespace: string, at: Origin): PlacedHttpRoute {
  const route = resolveRoute(written, namespace);
  return {
    route,
    origin: at,
    matches: (route.match ?? []).map((match, index) => {
      return { match, origin: within(at, 'match', index) };
    }),
  };
}

interface AnyRoute {
  readonly match?: readonly { readonly gateways?: readonly string[] }[];
  readonly route?: readonly { readonly destination?: Destination }[];
  readonly mirror?: Destination;
}

function resolveRoute<T extends AnyRoute>(route: T, namespace: string): T {
  return {
    ...route,
    ...(route.match && {
      match: route.match.map((match) =>
        match.gateways ? { ...match, gateways: gatewayNames(match.gateways, namespace) } : match,
      ),
    }),
    ...(route.route && {
      route: route.route.map((it) =>
        it.destination ? { ...it, destination: resolveDestination(it.destination, namespace) } : it,
      ),
    }),
    ...(route.mirror && { mirror: resolveDestination(route.mirror, namespace) }),
  };
}

function resolveDestination(destination: Destination, namespace: string): Destination {
  return { ...destination, host: resolveShortName(destination.host ?? '', namespace) };
}

/** Why a route that delegates brings no routes of its own. */
export type DelegateProblem = 'missing' | 'has-hosts' | 'not-exported';

/** The VirtualService a route delegates to, or why none is used. */
export function delegateOf(
  view: View,
  root: Resource<'VirtualService'>,
  route: HttpRoute,
): Resource<'VirtualService'> | DelegateProblem {
  const home = route.delegate?.namespace || root.namespace;
  const delegate = view.find('VirtualService', home, route.delegate?.name ?? '');
  if (!delegate) {
    return 'missing';
  }
  if ((delegate.spec.hosts ?? []).length > 0) {
    return 'has-hosts';
  }
  const own = delegate.spec.exportTo ?? [];
  const exportTo = own.length > 0 ? own : meshFacts(view).defaultVirtualServiceExportTo.value;
  const visible =
    exportTo.includes('*') ||
    exportTo.some((it) => (it === '.' ? delegate.namespace : it) === root.namespace);
  return visible ? delegate : 'not-exported';
}

function delegatedRoutes(
  view: View,
  root: Resource<'VirtualService'>,
  placed: PlacedHttpRoute,
): readonly PlacedHttpRoute[] {
  if (!placed.route.delegate) {
    return [placed];
  }
  const delegate = delegateOf(view, root, placed.route);
  return typeof delegate === 'string'
    ? []
    : resolveNames(delegate).http.flatMap((it) => mergeDelegate(placed, it) ?? []);
}

/**
 * The VirtualServices that may apply on sidecars of a namespace when no Sidecar narrows them, in the order in
 * which they win: those shown to this namespace alone, those shown to it among others, those for everyone.
 */
export function meshVirtualServices(view: View, namespace: string): readonly MergedVirtualService[] {
  return boundVirtualServices(view, namespace, meshGateway);
}

/** The same as far as they live in some namespaces: a Sidecar usually imports from few of many. */
export function meshVirtualServicesFrom(
  view: View,
  namespace: string,
  homes: readonly string[],
): readonly MergedVirtualService[] {
  const bound = homes
    .flatMap((home) => virtualServicesIn(view, home))
    .filter((it) => it.gateways.includes(meshGateway) && isExportedTo(it.exportTo, it.namespace, namespace))
    .sort(compareAge);
  return inOrderOfPreference(bound, namespace);
}

function virtualServicesIn(view: View, namespace: string): readonly MergedVirtualService[] {
  return view.lookUp(
    'mesh/virtual-services-in',
    namespace,
    () => groupBy(virtualServices(view), (it) => it.namespace),
    sameVirtualService,
  );
}

/** The VirtualServices bound to a Gateway (`namespace/name`) as seen from the namespace of its pods. */
export function gatewayVirtualServices(
  view: View,
  proxyNamespace: string,
  gateway: string,
): readonly MergedVirtualService[] {
  return boundVirtualServices(view, proxyNamespace, gateway);
}

function servicesByGateway(view: View, gateway: string): readonly MergedVirtualService[] {
  return view.lookUp(
    'mesh/virtual-services-by-gateway',
    gateway,
    () => groupByEach(virtualServices(view), (it) => it.gateways),
    sameVirtualService,
  );
}

function boundVirtualServices(
  view: View,
  namespace: string,
  gateway: string,
): readonly MergedVirtualService[] {
  return deriveList(
    view,
    'mesh/bound-virtual-services',
    `${namespace} ${gateway}`,
    () => {
      const bound = servicesByGateway(view, gateway).filter((it) =>
        isExportedTo(it.exportTo, it.namespace, namespace),
      );
      return inOrderOfPreference(bound, namespace);
    },
    sameVirtualService,
  );
}

/**
 * Those that are not for everyone go first, and of them the namespace's own. What comes first keeps a host. Routes of
 * the Gateway API go before VirtualServices of their namespace, however old those are.
 */
export function inOrderOfPreference(
  bound: readonly MergedVirtualService[],
  namespace: string,
): readonly MergedVirtualService[] {
  const isPublic = (it: MergedVirtualService): boolean => it.exportTo.includes('*');
  const own = (it: MergedVirtualService): boolean => !isPublic(it) && it.namespace === namespace;
  const consumer = (it: MergedVirtualService): boolean =>
    it.semantics === 'gateway-api' && it.namespace === namespace;
  return [
    ...bound.filter((it) => own(it) && consumer(it)),
    ...bound.filter((it) => own(it) && !consumer(it)),
    ...bound.filter((it) => !isPublic(it) && !own(it)),
    ...bound.filter((it) => isPublic(it) && consumer(it)),
    ...bound.filter((it) => isPublic(it) && !consumer(it)),
  ];
}
