import { unboundNames } from '../../intent/bindings';
import {
  type GatewayHop,
  hopsOf,
  isFromMesh,
  matchedPorts,
  type PlacedMatch,
  routesOf,
} from '../../intent/hops';
import { hostsOnHop, type Reception, reception } from '../../intent/reception';
import { blockAt, routeFromGateway } from '../../intent/second-hop';
import { meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { YamlEdit } from '../../yaml/edit';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';
import { writtenFrom } from './gateway-not-found';

export const noRouteAtGateway = rule({
  name: 'virtual-service/no-route-at-gateway',
  layer: 'traffic',
  severity: 'error',
  summary: 'A VirtualService is bound to the Gateway its requests pass, but none of its routes counts there.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    // A route for a gateway that is not bound was meant to do this, and that is told where it stands.
    if (unboundNames(resource).some(({ gateway }) => gateway !== meshGateway)) {
      return;
    }
    const reported = new Set<string>();
    for (const hop of hopsOf(view, virtualService).filter(isFromMesh)) {
      for (const host of hostsOnHop(hop)) {
        const found = reception(view, hop, host);
        const own =
          found.state === 'no-route' &&
          found.bound.some((it) => sameResource(it.virtualService.resource, resource));
        if (own && !reported.has(host)) {
          reported.add(host);
          yield finding(view, resource, hop, host, found);
        }
      }
    }
  },
});

function finding(
  view: View,
  resource: Resource<'VirtualService'>,
  hop: GatewayHop,
  host: string,
  { bound }: Extract<Reception, { readonly state: 'no-route' }>,
): RuleFinding {
  const { server } = bound[0]!;
  const name = writtenFrom(resource, server.gateway);
  const related = [{ ...server.origin, message: 'This server takes the requests' }];
  const other = matchOnOtherPort(hop.virtualService, server);
  if (other) {
    const path = [...other.origin.path, 'port'];
    const value = server.server.port!.number!;
    return {
      path,
      message: `At "${name}" this match asks for port ${other.match.port}, and the server there listens on ${value}, so requests to "${host}" end at the gateway "${hop.proxy.id}"`,
      related,
      fixes: [edit(`Change to ${value}`, resource, [{ op: 'set', path, value }], { preferred: true })],
    };
  }
  const { block, value } = routeFromGateway(view, name, server, host);
  const insertion = { op: 'insert' as const, path: ['spec', block], value };
  return {
    path: [...hop.origin.path, 'host'],
    message: `Requests to "${host}" end at the gateway "${hop.proxy.id}": no route of this VirtualService counts at "${name}"`,
    related,
    fixes: [
      meantForGateway(resource, hop, server, name) ??
        edit(`Add a route from "${name}" to "${host}"`, resource, [insertion], { preferred: true }),
    ],
  };
}

/** A route that sidecars never come to, because the hop takes all it asks for, was written for the gateway. */
function meantForGateway(
  resource: Resource<'VirtualService'>,
  hop: GatewayHop,
  server: PlacedServer,
  name: string,
): RuleFix | undefined {
  const { virtualService, proxy, index } = hop;
  const isPlain = hop.matches.every(({ match }) => Object.keys(match).every((key) => plain.has(key)));
  const ports = matchedPorts(hop, meshGateway);
  const [behind, ...more] = routesOf(virtualService).filter(
    (it) =>
      it.block === hop.block &&
      it.block === blockAt(server) &&
      it.index > index &&
      sameResource(it.origin.resource, resource) &&
      it.matches.length > 0 &&
      it.matches.every(({ match }) => match.gateways?.join() === meshGateway) &&
      (ports === undefined || matchedPorts(it, meshGateway)?.every((port) => ports.includes(port))) &&
      it.destinations.every(({ destination }) => destination.host !== proxy.service.hostname),
  );
  if (!isPlain || !behind || more.length > 0) {
    return undefined;
  }
  const value = server.server.port?.number;
  const edits = behind.matches.flatMap(({ match: { port }, origin: { path } }): YamlEdit[] => [
    { op: 'set', path: [...path, 'gateways'], value: [name] },
    ...(port !== undefined && value !== undefined && port !== value
      ? [{ op: 'set' as const, path: [...path, 'port'], value }]
      : []),
  ]);
  return edit(`Let the route below it count at "${name}"`, resource, edits, { preferred: true });
}

/** What a match may ask for and still take everything of its hosts and ports. */
const plain: ReadonlySet<string> = new Set(['gateways', 'port', 'sniHosts', 'name']);

/** A match that would count at the Gateway of the server, were it not for a port that no other server has. */
function matchOnOtherPort(
  virtualService: MergedVirtualService,
  server: PlacedServer,
): PlacedMatch | undefined {
  const { id, servers } = server.gateway;
  const ports = new Set(servers.map((it) => it.server.port?.number));
  const matches = routesOf(virtualService)
    .filter((it) => it.block === blockAt(server))
    .flatMap((it) => it.matches);
  return matches.find(
    ({ match, origin }) =>
      match.port !== undefined &&
      !ports.has(match.port) &&
      match.gateways?.includes(id) &&
      sameResource(origin.resource, virtualService.resource),
  );
}
