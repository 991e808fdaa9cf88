import { countsAt, type GatewayHop, hopsOf, isFromMesh, type PlacedMatch } from '../../intent/hops';
import { type Bound, reception } from '../../intent/reception';
import { isSubsetOf, isWildcard, meshGateway, splitNamespacedHost } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { edit, type RuleFinding, rule } from '../rule';

export const sniWiderThanGateway = rule({
  name: 'virtual-service/sni-wider-than-gateway',
  layer: 'traffic',
  severity: 'warning',
  summary: 'A route sends every name of a wildcard to the egress gateway, which takes only some of them.',
  on: 'VirtualService',

  *check(resource, view) {
    for (const hop of hopsOf(view, mergedVirtualService(view, resource))) {
      if (hop.block !== 'tls' || !isFromMesh(hop) || !sameResource(hop.origin.resource, resource)) {
        continue;
      }
      for (const match of hop.matches.filter((it) => countsAt(it.match, meshGateway))) {
        const found = lostAt(view, hop, match);
        if (found) {
          yield finding(resource, hop, match, found);
        }
      }
    }
  },
});

interface Lost {
  readonly wildcard: string;
  readonly taken: readonly string[];
  readonly bound: Bound;
}

/** A wildcard of the match that the gateway takes only in part. */
function lostAt(view: View, hop: GatewayHop, { match }: PlacedMatch): Lost | undefined {
  for (const wildcard of (match.sniHosts ?? []).filter(isWildcard)) {
    const found = reception(view, hop, wildcard);
    const bound = found.state === 'received' ? found.bound.filter((it) => it.routes.length > 0) : [];
    const taken = [...new Set(bound.flatMap(takenBy))];
    if (bound.length > 0 && !taken.some((it) => isSubsetOf(wildcard, it))) {
      return { wildcard, taken: taken.filter((it) => isSubsetOf(it, wildcard)), bound: bound[0]! };
    }
  }
  return undefined;
}

/** The names a server passes on: those of its routes, as far as it takes them itself. */
function takenBy({ server, routes }: Bound): readonly string[] {
  const served = server.hosts.map((it) => splitNamespacedHost(it).host);
  const matches = routes.flatMap((it) => (it.block === 'tls' ? it.matches : []));
  const routed = matches.flatMap(({ match }) => match.sniHosts ?? []);
  if (routed.length === 0) {
    return served;
  }
  return [
    ...routed.filter((it) => served.some((own) => isSubsetOf(it, own))),
    ...served.filter((it) => routed.some((own) => isSubsetOf(it, own))),
  ];
}

function finding(
  resource: Resource<'VirtualService'>,
  hop: GatewayHop,
  { origin, match: { sniHosts = [] } }: PlacedMatch,
  { wildcard, taken, bound }: Lost,
): RuleFinding {
  const path = [...origin.path, 'sniHosts'];
  const names = taken.map((it) => `"${it}"`).join(', ');
  const kept = [...new Set(sniHosts.flatMap((it) => (it === wildcard ? taken : [it])))];
  const loss =
    taken.length > 0
      ? `only ${names}: connections to the others end there`
      : 'none of them: these connections end there';
  return {
    path,
    message: `Every name of "${wildcard}" is sent to the gateway "${hop.proxy.id}", which takes ${loss}`,
    related: [
      { ...bound.server.origin, message: 'The server that takes them' },
      ...bound.routes.slice(0, 1).map((it) => ({ ...it.origin, message: 'The route that leads on' })),
    ],
    fixes:
      taken.length > 0
        ? [edit(`Send only ${names}`, resource, [{ op: 'set', path, value: kept }], { preferred: true })]
        : [],
  };
}
