import { type AnyRoute, matchedPorts, type RouteBlock, routeCountsAt, routesOf } from '../../intent/hops';
import { isReadFor, matchesPort, unreadPorts } from '../../intent/read-blocks';
import { virtualServicesFor } from '../../intent/routed-hosts';
import { blockAt } from '../../intent/second-hop';
import { serverHostsFor, toGateway } from '../../mesh/gateways';
import { hostsOverlap, meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { sameResource } from '../../mesh/origin';
import type { MeshPort } from '../../mesh/service';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { convertRoute } from '../convert-route';
import { edit, type RuleFinding, type RuleRelated, rule } from '../rule';

export const wrongRouteBlock = rule({
  name: 'virtual-service/wrong-route-block',
  layer: 'traffic',
  severity: 'error',
  summary:
    'A route stands in a block (`http`, `tls`, `tcp`) that nobody reads for the requests it is meant for.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    for (const route of routesOf(virtualService)) {
      if (!sameResource(route.origin.resource, resource)) {
        continue;
      }
      const found = unreadAtGateway(view, virtualService, route) ?? unreadInMesh(view, virtualService, route);
      if (found) {
        yield finding(resource, virtualService, route, found);
      }
    }
  },
});

interface Unread {
  readonly wanted: RouteBlock;
  readonly why: string;
  readonly related: RuleRelated;
}

/** For a route written for one gateway: its servers for these hosts all read another block. */
function unreadAtGateway(
  view: View,
  virtualService: MergedVirtualService,
  route: AnyRoute,
): Unread | undefined {
  const gateway = onlyGateway(virtualService, route);
  const [namespace, name] = gateway?.split('/') ?? [];
  const resource = name === undefined ? undefined : view.find('Gateway', namespace!, name);
  if (!resource) {
    return undefined;
  }
  const ports = matchedPorts(route, gateway!);
  const servers = toGateway(resource).servers.filter((it) => takes(it, virtualService, ports));
  const server = servers[0];
  if (!server || servers.some((it) => blockAt(it) === route.block || isDone(view, virtualService, it))) {
    return undefined;
  }
  const tls = server.server.tls;
  const mode = tls ? ` with TLS mode ${tls.mode ?? 'PASSTHROUGH'}` : '';
  return {
    wanted: blockAt(server),
    why: `the server of "${gateway}" is ${server.server.port?.protocol ?? 'of no protocol'}${mode}`,
    related: {
      resource,
      path: [...server.origin.path, 'port', 'protocol'],
      message: 'This protocol and the TLS mode decide which block is read',
    },
  };
}

/** Other routes take these hosts at the server, so what is never read does no harm. */
function isDone(view: View, { hosts }: MergedVirtualService, server: PlacedServer): boolean {
  const { id } = server.gateway;
  const block = blockAt(server);
  const port = server.server.port?.number;
  return hosts.every((host) =>
    virtualServicesFor(view, host).some((it) =>
      routesOf(it).some(
        (route) => route.block === block && routeCountsAt(it, route, id) && matchesPort(route, id, port),
      ),
    ),
  );
}

/** The one gateway a route counts at, when sidecars do not follow it. */
function onlyGateway(virtualService: MergedVirtualService, route: AnyRoute): string | undefined {
  if (routeCountsAt(virtualService, route, meshGateway)) {
    return undefined;
  }
  const counted = virtualService.gateways.filter((it) => routeCountsAt(virtualService, route, it));
  return counted.length === 1 ? counted[0] : undefined;
}

function takes(
  server: PlacedServer,
  virtualService: MergedVirtualService,
  ports: readonly number[] | undefined,
): boolean {
  const number = server.server.port?.number;
  const hosts = serverHostsFor(server, virtualService.namespace);
  return (
    (ports === undefined || (number !== undefined && ports.includes(number))) &&
    virtualService.hosts.some((own) => hosts.some((it) => hostsOverlap(own, it)))
  );
}

/** For a route written for sidecars: the ports of the hosts it is for all speak something else. */
function unreadInMesh(view: View, virtualService: MergedVirtualService, route: AnyRoute): Unread | undefined {
  const [port] = unreadPorts(view, virtualService, route);
  if (!port?.origin) {
    return undefined;
  }
  return {
    wanted: blockFor(port),
    why: `port ${port.number} of the host speaks ${port.protocol}`,
    related: {
      resource: port.origin.resource,
      path: [...port.origin.path, 'protocol'],
      message: 'The protocol decides which block is read',
    },
  };
}

function blockFor({ protocol }: MeshPort): RouteBlock {
  return isReadFor('tls', protocol) ? 'tls' : isReadFor('http', protocol) ? 'http' : 'tcp';
}

function finding(
  resource: Resource<'VirtualService'>,
  virtualService: MergedVirtualService,
  route: AnyRoute,
  { wanted, why, related }: Unread,
): RuleFinding {
  const edits = convertRoute(resource, route, wanted, virtualService.hosts);
  return {
    path: [...route.origin.path, route.matches.length > 0 ? 'match' : 'route'],
    part: 'key',
    message: `This "${route.block}" route is never used: ${why}, so only "${wanted}" routes are read for it`,
    related: [related],
    fixes: edits ? [edit(`Make it a "${wanted}" route`, resource, edits, { preferred: true })] : [],
  };
}
