import { ageWords } from '../../mesh/age';
import type { Origin } from '../../mesh/origin';
import { visibilityOf } from '../../mesh/visibility';
import { objectName } from '../../model/object-name';
import { asKind, type Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { type Connection, withoutPort } from '../connection';
import type { MeshProxy } from '../mesh-proxy';
import type { Alternative } from '../request';
import { matchesRoute } from '../route-match';
import type { Route } from '../routes';
import { findVirtualHost, type RouteConfig, type VirtualHost } from '../virtual-hosts';
import { matchWords } from './match-words';

/** What comes before or after the route that was taken, nearest first. More than a few help nobody. */
const most = 3;

/** VirtualServices and routes that might have decided about an HTTP request, and why they did not. */
export function routeReasons(
  view: View,
  proxy: MeshProxy,
  connection: Connection,
  routes: RouteConfig,
): readonly Alternative[] {
  const host = findVirtualHost(routes, connection.http.authority);
  return host
    ? [
        ...rivalReasons(view, proxy, host),
        ...orderReasons(host, connection),
        ...widerReasons(routes, host, connection),
      ]
    : [];
}

/** Other VirtualServices for the same name, which sidecars do not join. */
function rivalReasons(view: View, proxy: MeshProxy, { rivals = [], origins }: VirtualHost): Alternative[] {
  const winner = origins[0]?.resource;
  return !winner
    ? []
    : rivals.map((origin) => {
        const words = preference(view, proxy.namespace, winner, origin.resource);
        return {
          origin,
          reason: `${objectName(origin.resource)} has this host too, but ${objectName(winner)} ${words}`,
        };
      });
}

/** Why one VirtualService keeps a host that another has too, to be said of the first. */
export function preference(view: View, namespace: string, winner: Resource, loser: Resource): string {
  const isPublic = (it: Resource): boolean => {
    const service = asKind(it, 'VirtualService');
    return !service || visibilityOf(view, service).exportTo.includes('*');
  };
  const isOwn = (it: Resource): boolean => it.namespace === namespace;
  if (!isPublic(winner) && isPublic(loser)) {
    return 'is not exported to everyone, and those that are come last';
  }
  if (!isPublic(winner) && isOwn(winner) && !isOwn(loser)) {
    return 'is of the namespace of the client';
  }
  return ageWords(winner, loser);
}

function orderReasons({ routes }: VirtualHost, { http }: Connection): readonly Alternative[] {
  const taken = routes.findIndex((it) => matchesRoute(it, http));
  const before = taken < 0 ? routes : routes.slice(0, taken);
  const after = taken < 0 ? [] : routes.slice(taken + 1).filter((it) => matchesRoute(it, http));
  return [
    ...before.slice(-most).flatMap((it) => unfit(it)),
    ...after
      .filter((it) => placeOf(it) !== placeOf(routes[taken]!))
      .slice(0, most)
      .flatMap((it) => overtaken(it, routes[taken]!)),
  ];
}

function unfit(route: Route): readonly Alternative[] {
  const at = route.matchOrigin ?? route.origin;
  return at ? [{ origin: at, reason: `${placeOf(route)} asks for ${matchWords(route.match ?? {})}` }] : [];
}

function overtaken(route: Route, taken: Route): readonly Alternative[] {
  const at = route.matchOrigin ?? route.origin;
  return at ? [{ origin: at, reason: `${placeOf(route)} fits too, but ${placeOf(taken)} comes first` }] : [];
}

/** A route as people speak of it. */
function placeOf({ origin, virtualService }: Route): string {
  const { resource, path } = origin ?? {};
  const [, block, index] = path ?? [];
  const owner = resource ?? virtualService?.resource;
  const name = owner ? objectName(owner) : 'The route of the service itself';
  return typeof index === 'number' ? `${String(block)}[${index}] of ${name}` : name;
}

/** Wildcards over the name: the longest of them would decide if nothing had the name itself. */
function widerReasons(
  { hosts }: RouteConfig,
  taken: VirtualHost,
  { http }: Connection,
): readonly Alternative[] {
  const name = withoutPort(http.authority).toLowerCase();
  const covers = (domain: string): boolean =>
    domain.startsWith('*') && name.length >= domain.length && name.endsWith(domain.slice(1).toLowerCase());
  const found = wideHosts(hosts).flatMap((host): Alternative[] => {
    const domain = host === taken ? undefined : host.domains.find(covers);
    const [origin]: readonly Origin[] = host.origins;
    return domain === undefined || !origin || taken.origins[0]?.resource === origin.resource
      ? []
      : [
          {
            origin,
            reason: `${objectName(origin.resource)} covers this host with "${domain}", but a more specific host comes first`,
          },
        ];
  });
  return found.slice(0, most);
}

const wide = new WeakMap<RouteConfig['hosts'], readonly VirtualHost[]>();

/** A gateway has a virtual host for each of a thousand names, and few have a wildcard. */
function wideHosts(hosts: RouteConfig['hosts']): readonly VirtualHost[] {
  let known = wide.get(hosts);
  if (!known) {
    known = hosts.filter((it) => it.domains.some((domain) => domain.startsWith('*')));
    wide.set(hosts, known);
  }
  return known;
}
