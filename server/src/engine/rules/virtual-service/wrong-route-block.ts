import { tlsDisagreements } from '../../intent/hop-tls';
import {
  type AnyRoute,
  hopsOf,
  leadsElsewhere,
  matchedPorts,
  type RouteBlock,
  routeCountsAt,
  routesOf,
} from '../../intent/hops';
import { meantMode } from '../../intent/meant-mode';
import { isReadFor, matchesPort, unreadPorts } from '../../intent/read-blocks';
import { hostsOnHop, reception } from '../../intent/reception';
import { blockAt } from '../../intent/second-hop';
import { serverHostsFor, toGateway } from '../../mesh/gateways';
import { hostsOverlap, meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { sameResource } from '../../mesh/origin';
import { virtualServicesFor } from '../../mesh/routed-hosts';
import type { MeshPort } from '../../mesh/service';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { asKind, type Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { convertRoute } from '../convert-route';
import { edit, type RuleFinding, type RuleFix, type RuleRelated, rule } from '../rule';
import { serverForBlock } from '../server-for-block';

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
        yield finding(view, resource, virtualService, route, found);
      }
    }
  },
});

interface Unread {
  readonly wanted: RouteBlock;
  readonly why: string;
  readonly related: RuleRelated;
  /** For a port whose protocol fits neither this route nor the gateway behind it. */
  readonly protocol?: RuleFix | undefined;
  /** For a route written for one gateway. */
  readonly server?: RuleFix | undefined;
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
  const isRead = (it: PlacedServer): boolean =>
    blockAt(it) === route.block || isDone(view, virtualService, it) || hasOddMode(view, virtualService, it);
  if (!server || servers.some(isRead)) {
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
    server: serverForBlock(server, route.block),
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

/** What sidecars send shows that the mode of the server is wrong, which is a finding of its own. */
function hasOddMode(view: View, { hosts }: MergedVirtualService, server: PlacedServer): boolean {
  return hosts
    .flatMap((host) => virtualServicesFor(view, host))
    .flatMap((it) => hopsOf(view, it))
    .flatMap((hop) => tlsDisagreements(view, hop))
    .some((it) => it.server === server && meantMode(view, it) !== undefined);
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
    protocol: fitsGateway(view, virtualService, route) ? protocolFix(port, route.block) : undefined,
  };
}

/** The route, the server it leads to and the route from there agree on what they see of the requests. */
function fitsGateway(view: View, virtualService: MergedVirtualService, { block, origin }: AnyRoute): boolean {
  const hops = hopsOf(view, virtualService).filter((it) => it.route.path.join() === origin.path.join());
  return hops.some((hop) =>
    hostsOnHop(hop).some((host) => {
      const found = reception(view, hop, host);
      return (
        found.state === 'received' &&
        found.bound.some(({ server, routes }) => {
          const behind = blockAt(server);
          return (
            (behind === block || (block === 'tls' && behind === 'tcp')) &&
            routes.some((it) => it.block === behind)
          );
        })
      );
    }),
  );
}

function protocolFix({ number, origin }: MeshPort, block: RouteBlock): RuleFix | undefined {
  const entry = origin && asKind(origin.resource, 'ServiceEntry');
  // Without an address of its own, a TCP port takes the requests of every other host on it too.
  if (!entry || (block === 'tcp' && (entry.spec.addresses ?? []).length === 0)) {
    return undefined;
  }
  const change = { op: 'set' as const, path: [...origin.path, 'protocol'], value: block.toUpperCase() };
  return edit(`Set the protocol of port ${number} to ${change.value}`, entry, [change], { preferred: true });
}

function blockFor({ protocol }: MeshPort): RouteBlock {
  return isReadFor('tls', protocol) ? 'tls' : isReadFor('http', protocol) ? 'http' : 'tcp';
}

function finding(
  view: View,
  resource: Resource<'VirtualService'>,
  virtualService: MergedVirtualService,
  route: AnyRoute,
  { wanted, why, related, protocol, server }: Unread,
): RuleFinding {
  // As an HTTP route it may have to say what the request is called there, which this one cannot.
  const isUndecided =
    wanted === 'http' && route.block === 'tcp' && leadsElsewhere(view, virtualService, route);
  const edits = convertRoute(resource, route, wanted, virtualService.hosts);
  return {
    path: [...route.origin.path, route.matches.length > 0 ? 'match' : 'route'],
    part: 'key',
    message: `This "${route.block}" route is never used: ${why}, so only "${wanted}" routes are read for it`,
    related: [related],
    fixes: isUndecided
      ? []
      : [
          ...(protocol ? [protocol] : []),
          ...(edits ? [edit(`Make it a "${wanted}" route`, resource, edits, { preferred: !protocol })] : []),
          ...(server ? [server] : []),
        ],
  };
}
