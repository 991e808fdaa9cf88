import { meshGateways, proxiesOf } from '../mesh/gateways';
import { isSubsetOf, isWildcard, meshGateway, splitNamespacedHost } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { PlacedServer } from '../mesh/mesh-gateway';
import type { Origin } from '../mesh/origin';
import { isTls, type Protocol, parseProtocol } from '../mesh/protocols';
import { allServices, servicesNamed } from '../mesh/registry';
import { virtualServicesFor } from '../mesh/routed-hosts';
import { virtualServices } from '../mesh/virtual-services';
import { isExportedTo } from '../mesh/visibility';
import { groupByEach } from '../text/collections';
import type { View } from '../workspace/view';
import {
  type AnyRoute,
  countsAt,
  type GatewayHop,
  gatewaysOf,
  hopsOf,
  matchedPorts,
  type PlacedMatch,
  routesOf,
} from './hops';
import { isReadFor, matchesPort } from './read-blocks';
import { hostsOnHop, serversOnPort, unreachedServer } from './reception';

/** Requests of one namespace to a port of a host. */
export interface Flow {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly namespace: string;
}

/** Where it is written that requests leave through a gateway. */
export interface Intent {
  readonly origin: Origin;
  /** The VirtualService that sends them there; nothing when only the gateway's side is written. */
  readonly sender?: MergedVirtualService;
}

/**
 * A route that sends such requests to a gateway, a server there that waits for them, or a route of the gateway that sends
 * them on while no other leads there. Nothing when nobody wrote that; another port of the host may well go there.
 */
export function intendedGateway(view: View, flow: Flow): Intent | undefined {
  // For a wildcard, a route for one of its names says nothing of the others.
  const routed = virtualServicesFor(view, flow.host).filter(
    ({ hosts }) => !isWildcard(flow.host) || hosts.some((it) => isSubsetOf(flow.host, it)),
  );
  const hops = routed
    .filter(
      (it) => it.namespace === flow.namespace || isExportedTo(it.exportTo, it.namespace, flow.namespace),
    )
    .flatMap((it) => hopsOf(view, it));
  const hop = hops.find((it) => isFor(view, it, flow)) ?? strandedHop(hops, flow);
  if (hop) {
    return { origin: hop.origin, sender: hop.virtualService };
  }
  const waiting =
    unreachedServer(view, hops, flow.host, flow.port)?.origin ??
    (hopsWith(view, flow.host).length > 0 ? undefined : lonelyHalf(view, routed, flow));
  return waiting && { origin: waiting };
}

function isFor(view: View, hop: GatewayHop, flow: Flow): boolean {
  const counted = hop.matches.filter(({ match }) => countsAt(match, meshGateway));
  return (
    (isReadFor(hop.block, flow.protocol) || isReadForNoPort(view, hop, flow)) &&
    (matchesPort(hop, meshGateway, flow.port) || isForNoPort(view, hop, flow)) &&
    (hop.matches.length === 0 || counted.some((it) => isForAll(it, flow.namespace)))
  );
}

/** Where no sidecar follows any route to a gateway, one for this port that counts elsewhere was meant for them. */
function strandedHop(hops: readonly GatewayHop[], { port, protocol }: Flow): GatewayHop | undefined {
  const isFollowed = hops.some(
    ({ matches }) => matches.length === 0 || matches.some(({ match }) => countsAt(match, meshGateway)),
  );
  return isFollowed
    ? undefined
    : hops.find((it) => isReadFor(it.block, protocol) && it.matches.some(({ match }) => match.port === port));
}

/** A route in a block that no port of the host is read for was meant for one that it has. */
function isReadForNoPort(view: View, { block }: GatewayHop, { host }: Flow): boolean {
  const ports = servicesNamed(view, host).flatMap((it) => it.ports);
  return ports.length > 0 && !ports.some((it) => isReadFor(block, it.protocol));
}

/** A route for a port that the host does not have was meant for one it has. */
function isForNoPort(view: View, hop: GatewayHop, { host }: Flow): boolean {
  const ports = matchedPorts(hop, meshGateway) ?? [];
  const wildcards = hop.virtualService.hosts.filter(isWildcard);
  const covered =
    ports.length > 0 && wildcards.length > 0
      ? allServices(view).filter((it) => wildcards.some((own) => isSubsetOf(it.hostname, own)))
      : [];
  const known = [...servicesNamed(view, host), ...covered].flatMap((it) =>
    it.ports.map(({ number }) => number),
  );
  // Plain HTTP on port 80 follows the routes for a name, whatever is registered.
  const isPlain = hop.block === 'http' && ports.includes(80) && wildcards.length === 0;
  return ports.length > 0 && !isPlain && !ports.some((it) => known.includes(it));
}

/** A match for some paths, headers or workloads says nothing about the other requests. */
function isForAll({ match }: PlacedMatch, namespace: string): boolean {
  const { gateways: _gateways, port: _port, sniHosts: _sniHosts, sourceNamespace, ...conditions } = match;
  return (
    (sourceNamespace === undefined || sourceNamespace === namespace) &&
    Object.keys(conditions).every((it) => harmless.has(it))
  );
}

const harmless: ReadonlySet<string> = new Set(['name', 'destinationSubnets', 'authority', 'scheme']);

/** The second half of a way whose first half is not there: a route, or only a server that names the host. */
function lonelyHalf(view: View, routed: readonly MergedVirtualService[], flow: Flow): Origin | undefined {
  const { host, port } = flow;
  const isOn = (it: PlacedServer, number: number): boolean =>
    it.server.port?.number === number ||
    proxiesOf(view, it.gateway).some((proxy) => serversOnPort(view, proxy, number).includes(it));
  const known = servicesNamed(view, host).flatMap((it) => it.ports.map(({ number }) => number));
  for (const virtualService of routed) {
    for (const route of routesOf(virtualService)) {
      const servers = gatewaysOf(view, virtualService, route).flatMap((it) => it.servers);
      const isForOther = known.some((number) => servers.some((it) => isOn(it, number)));
      const isMeant = servers.some((it) => isOn(it, port)) || (!isForOther && leavesOn(route, flow));
      if (isMeant && leavesMesh(route, virtualService)) {
        return route.origin;
      }
    }
  }
  const servers = serversNaming(view, host);
  const server = servers.find((it) => isOn(it, port)) ?? servers.find((it) => isForOnlyPort(it, flow, known));
  return server?.origin;
}

/** Whether a route at a gateway, for some of its servers, sends requests on to this very port. */
function leavesOn({ destinations, matches }: AnyRoute, { host, port }: Flow): boolean {
  const isAtGateway = matches.length > 0 && !matches.some(({ match }) => countsAt(match, meshGateway));
  const isThere = destinations.some(
    (it) => it.destination.host === host && it.destination.port?.number === port,
  );
  return isAtGateway && isThere;
}

/** The way to a gateway may change the port. A host with one port leaves no doubt which requests a server waits for. */
function isForOnlyPort(
  { server }: PlacedServer,
  { port, protocol }: Flow,
  known: readonly number[],
): boolean {
  const spoken = parseProtocol(server.port?.protocol);
  const isAlike = isTls(spoken) === isTls(protocol) || server.tls?.mode === 'ISTIO_MUTUAL';
  return known.every((it) => it === port) && isAlike;
}

/** Servers that write exactly this host. */
export function serversNaming(view: View, host: string): readonly PlacedServer[] {
  return view.lookUp('intent/servers-naming', host, () =>
    groupByEach(
      meshGateways(view).flatMap((it) => it.servers),
      (server) => server.hosts.map((it) => splitNamespacedHost(it).host),
    ),
  );
}

function leavesMesh({ destinations }: AnyRoute, { hosts }: MergedVirtualService): boolean {
  return destinations.some(({ destination }) => hosts.includes(destination.host ?? ''));
}

/** Hops on which requests carry this name, whatever they were called before. */
function hopsWith(view: View, host: string): readonly GatewayHop[] {
  return view.lookUp('intent/hops-with', host, () =>
    groupByEach(
      virtualServices(view).flatMap((it) => hopsOf(view, it)),
      hostsOnHop,
    ),
  );
}
