import {
  type GatewayHop,
  hopsOf,
  isFromMesh,
  type RouteBlock,
  routeCountsAt,
  routesOf,
} from '../../intent/hops';
import { hostsOnHop } from '../../intent/reception';
import { blockAt, destinationBehind } from '../../intent/second-hop';
import { isSelectedBy } from '../../mesh/destination-rules';
import { type GatewayProxy, proxiesOf, runsOn, serverHostsFor, toGateway } from '../../mesh/gateways';
import { isWildcard, meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { MeshGateway } from '../../mesh/mesh-gateway';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { RouteMatch } from '../../model/specs';
import type { View } from '../../workspace/view';
import { narrowToMesh } from '../narrow-to-mesh';
import { edit, type RuleFinding, rule } from '../rule';

export const matchReachesGateway = rule({
  name: 'virtual-service/match-reaches-gateway',
  layer: 'traffic',
  severity: 'error',
  summary:
    'A route to the egress gateway also counts at that gateway and comes first there, so it sends requests back to itself.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    if (!virtualService.gateways.includes(meshGateway)) {
      return;
    }
    for (const hop of hopsOf(view, virtualService)) {
      const gateway = gatewayReached(view, hop);
      if (!gateway || !sameResource(hop.route.resource, resource)) {
        continue;
      }
      if (isFromMesh(hop)) {
        yield openHop(resource, hop, gateway);
      } else if (isOnlyGateway(view, gateway, hop)) {
        yield returningHop(view, resource, hop, gateway);
      }
    }
  },
});

/** On several gateways, a route from it to one of them may be meant for the others. */
function isOnlyGateway(view: View, gateway: MeshGateway, { proxy }: GatewayHop): boolean {
  return proxiesOf(view, gateway).every((it) => it.id === proxy.id);
}

/** Written for sidecars, and met at the gateway too. */
function openHop(resource: Resource<'VirtualService'>, hop: GatewayHop, gateway: MeshGateway): RuleFinding {
  const [open] = hop.matches.filter(({ match }) => isOpenAt(match, gateway, hop));
  const edits = narrowToMesh(hop, (match) => isOpenAt(match, gateway, hop));
  const isTaken = !open || isFrom(open.match, hop.block, hop.proxy);
  const host = hostsOnHop(hop)[0] ?? '';
  return {
    ...(open ? { path: open.origin.path } : { path: [...hop.route.path, 'route'], part: 'key' }),
    message: isTaken
      ? `This match counts at the gateway "${gateway.id}" too and comes first there, so the gateway "${hop.proxy.id}" sends requests to "${host}" to itself`
      : `This match tells requests by their source and names no "gateways": the gateway "${gateway.id}" is asked about it too, and requests to "${host}" of other workloads pass it by`,
    severity: isTaken ? 'error' : 'warning',
    related: [{ ...hop.origin, message: 'This destination is that very gateway' }],
    fixes: [
      edit('Let it count for sidecars only: "gateways: [mesh]"', resource, edits, {
        preferred: true,
        safe: isTaken,
      }),
    ],
  };
}

/** Written for the gateway, and leads back to it instead of on. */
function returningHop(
  view: View,
  resource: Resource<'VirtualService'>,
  hop: GatewayHop,
  gateway: MeshGateway,
): RuleFinding {
  const [host = ''] = hostsOnHop(hop);
  const server = gateway.servers.find((it) => serverHostsFor(it, resource.namespace).includes(host));
  const onward = server && !isWildcard(host) && destinationBehind(view, server, host);
  return {
    path: [...hop.origin.path, 'host'],
    message: `At "${gateway.id}" this route leads back to the gateway "${hop.proxy.id}" itself instead of on to "${host}"`,
    fixes: isMistaken(hop, gateway)
      ? [
          edit(
            'Let it count for sidecars: "gateways: [mesh]"',
            resource,
            narrowToMesh(hop, (match) => match.gateways?.includes(gateway.id) ?? false),
            { preferred: true },
          ),
        ]
      : onward
        ? [
            edit(`Lead on to "${host}"`, resource, [{ op: 'set', path: hop.origin.path, value: onward }], {
              preferred: true,
            }),
          ]
        : [],
  };
}

/** Whether it was written for sidecars: they have no route of this block, and the gateway has one that leads on. */
function isMistaken({ virtualService, block, proxy, index }: GatewayHop, { id }: MeshGateway): boolean {
  const routes = routesOf(virtualService).filter((it) => it.block === block);
  return (
    !routes.some((it) => routeCountsAt(virtualService, it, meshGateway)) &&
    routes.some(
      (it) =>
        it.index !== index &&
        routeCountsAt(virtualService, it, id) &&
        it.destinations.every(({ destination }) => destination.host !== proxy.service.hostname),
    )
  );
}

/** A Gateway on the very pods the hop leads to, where this hop is the first route that fits. */
function gatewayReached(view: View, hop: GatewayHop): MeshGateway | undefined {
  const { virtualService, block, index, matches, proxy } = hop;
  return boundOn(view, virtualService, proxy).find((gateway) => {
    const counts =
      (matches.length === 0 && gateway.servers.some((it) => blockAt(it) === block)) ||
      matches.some(({ match }) => isOpenAt(match, gateway, hop));
    const earlier = routesOf(virtualService).filter((it) => it.block === block && it.index < index);
    return (
      counts &&
      !earlier.some((it) =>
        takesAll(
          it.matches.map(({ match }) => match),
          gateway,
        ),
      )
    );
  });
}

/** The Gateways a VirtualService is bound to that run on these pods. */
function boundOn(
  view: View,
  { gateways }: MergedVirtualService,
  proxy: GatewayProxy,
): readonly MeshGateway[] {
  return gateways.flatMap((id) => {
    const [namespace, name] = id.split('/');
    const resource = name === undefined ? undefined : view.find('Gateway', namespace!, name);
    const gateway = resource && toGateway(resource);
    return gateway && runsOn(gateway, proxy) ? [gateway] : [];
  });
}

/** Whether a match counts at a gateway without being written for it: on a server there that reads such routes. */
function isOpenAt(match: RouteMatch, gateway: MeshGateway, { block }: GatewayHop): boolean {
  const named = match.gateways ?? [];
  const fits = gateway.servers.some(
    (it) => blockAt(it) === block && (match.port === undefined || it.server.port?.number === match.port),
  );
  return (named.length === 0 || named.includes(gateway.id)) && fits;
}

/** The gateway is a source as well. Beside `gateways` Istio looks at no source of an HTTP request. */
function isFrom(
  { gateways = [], sourceLabels = {}, sourceNamespace }: RouteMatch,
  block: RouteBlock,
  { labels, namespace }: GatewayProxy,
): boolean {
  return (
    (block === 'http' && gateways.length > 0) ||
    (isSelectedBy(sourceLabels, labels) && (sourceNamespace ?? namespace) === namespace)
  );
}

/** Whether nothing is left for routes behind this one. */
function takesAll(matches: readonly RouteMatch[], gateway: MeshGateway): boolean {
  if (matches.length === 0) {
    return true;
  }
  return matches.some(({ gateways = [], port, ...others }) => {
    const counts = gateways.length === 0 || gateways.includes(gateway.id);
    const conditions = Object.entries(others).filter(([key]) => key !== 'sniHosts');
    const allPorts =
      port === undefined || gateway.servers.every(({ server }) => server.port?.number === port);
    return counts && allPorts && conditions.length === 0;
  });
}
