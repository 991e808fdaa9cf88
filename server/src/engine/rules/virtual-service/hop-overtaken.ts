import { covers } from '../../intent/covers';
import {
  type AnyRoute,
  countsAt,
  type GatewayHop,
  hopsOf,
  isFromMesh,
  type PlacedMatch,
  routesOf,
} from '../../intent/hops';
import { hostsOnHop } from '../../intent/reception';
import { findGatewayProxy } from '../../mesh/gateways';
import { meshGateway } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { YamlValue } from '../../yaml/edit';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const hopOvertaken = rule({
  name: 'virtual-service/hop-overtaken',
  layer: 'traffic',
  severity: 'error',
  summary:
    'A route to the egress gateway stands behind one that takes its requests on sidecars and leads past the gateway.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    const routes = routesOf(virtualService).filter((it) => sameResource(it.origin.resource, resource));
    for (const hop of hopsOf(view, virtualService).filter(isFromMesh)) {
      const counted =
        hop.matches.length > 0
          ? hop.matches.filter(({ match }) => countsAt(match, meshGateway))
          : [{ match: {}, origin: hop.route }];
      const earlier = routes.filter((it) => it.block === hop.block && it.index < hop.index);
      if (sameResource(hop.route.resource, resource) && isOnlyThere(hop) && !isOpen(earlier)) {
        const takers = counted.map((it) => takerOf(view, earlier, hop, it));
        const [taker] = takers;
        if (taker && takers.every((it) => it !== undefined)) {
          yield finding(resource, hop, taker);
        }
      }
    }
  },
});

interface Taker {
  readonly route: AnyRoute;
  readonly match: PlacedMatch;
}

/** What shares its destinations with the gateway goes there in part on purpose. */
function isOnlyThere(hop: GatewayHop): boolean {
  const route = routesOf(hop.virtualService).find((it) => it.block === hop.block && it.index === hop.index);
  return route?.destinations.length === 1;
}

/** A route without any match is told of by itself. */
function isOpen(earlier: readonly AnyRoute[]): boolean {
  return earlier.some((it) => it.matches.length === 0);
}

/** The first route that takes all requests of a match, where it leads to no gateway. */
function takerOf(
  view: View,
  earlier: readonly AnyRoute[],
  { block }: GatewayHop,
  { match }: PlacedMatch,
): Taker | undefined {
  for (const route of earlier) {
    const found = route.matches.find(
      (it) => countsAt(it.match, meshGateway) && covers(block, it.match, match),
    );
    if (found) {
      const isSame = JSON.stringify(found.match) === JSON.stringify(match);
      const hosts = route.destinations.map((it) => it.destination.host ?? '');
      const isDirect = hosts.length > 0 && hosts.every((it) => !findGatewayProxy(view, it));
      return isDirect && !isSame ? { route, match: found } : undefined;
    }
  }
  return undefined;
}

function finding(resource: Resource<'VirtualService'>, hop: GatewayHop, taker: Taker): RuleFinding {
  const gateways = (resource.spec.gateways ?? []).filter((it) => it !== meshGateway);
  const isMeantForGateway = gateways.length > 0 && !isWrittenForMesh(taker.match);
  const behind = [...hop.route.path, hop.matches.length > 0 ? 'match' : 'route'];
  return {
    ...(isMeantForGateway ? { path: taker.match.origin.path } : { path: behind, part: 'key' }),
    message: isMeantForGateway
      ? `This match counts for sidecars too and comes before the route to the gateway "${hop.proxy.id}", so requests to "${hostsOnHop(hop)[0] ?? ''}" leave directly`
      : `A route above takes these requests and leads past the gateway "${hop.proxy.id}", so none comes here: requests to "${hostsOnHop(hop)[0] ?? ''}" leave directly`,
    related: [
      isMeantForGateway
        ? { ...hop.origin, message: 'This destination is the gateway' }
        : { ...taker.match.origin, message: 'This takes the requests first' },
    ],
    fixes: isMeantForGateway ? [narrowed(resource, taker, gateways)] : moved(resource, hop, taker),
  };
}

function isWrittenForMesh({ match: { gateways = [] } }: PlacedMatch): boolean {
  return gateways.length > 0 && gateways.every((it) => it === meshGateway);
}

function narrowed(
  resource: Resource<'VirtualService'>,
  { route }: Taker,
  gateways: readonly string[],
): RuleFix {
  const edits = route.matches
    .filter((it) => countsAt(it.match, meshGateway) && !isWrittenForMesh(it))
    .map(({ origin }) => ({ op: 'set' as const, path: [...origin.path, 'gateways'], value: [...gateways] }));
  const names = gateways.map((it) => `"${it}"`).join(' and ');
  return edit(`Let it count at ${names} only`, resource, edits, { preferred: true });
}

function moved(resource: Resource<'VirtualService'>, hop: GatewayHop, { route }: Taker): RuleFix[] {
  const [index, target] = [hop.route.path[2], route.origin.path[2]];
  const value = typeof index === 'number' ? resource.spec[hop.block]?.[index] : undefined;
  if (!value || typeof target !== 'number') {
    return [];
  }
  const list = ['spec', hop.block];
  return [
    edit(
      'Move it above that route',
      resource,
      [
        { op: 'remove', path: hop.route.path },
        { op: 'insert', path: list, index: target, value: value as unknown as YamlValue },
      ],
      { preferred: true },
    ),
  ];
}
