import { proxiesOf, serverHostsFor, toGateway } from '../mesh/gateways';
import { isSubsetOf, splitNamespacedHost } from '../mesh/hosts';
import { mergedGateway } from '../mesh/merged-servers';
import type { MeshGateway, PlacedServer } from '../mesh/mesh-gateway';
import { targetPortOf } from '../mesh/resolve-ports';
import type { GatewayServer } from '../model/specs';
import type { Piece } from './desk';
import { type EgressGateway, gatewaysAt, runsAt } from './egress-gateway';
import { family, serves } from './hops';
import type { BoundGateways, Site } from './site';
import type { Flow } from './wish';

/** A server, with the port of the gateway's Service through which sidecars reach it. */
export interface ReachedServer {
  readonly placed: PlacedServer;
  readonly index: number;
  readonly servicePort: number | undefined;
}

/** The Service port that leads to a server's port: the server may name the Service's port or the pods'. */
export function servicePortOf(gateway: EgressGateway, serverPort: number | undefined): number | undefined {
  const byNumber = gateway.ports.find((port) => port.number === serverPort);
  const pod = gateway.proxy?.pod;
  const byTarget = gateway.ports.find(
    (port) => (pod ? targetPortOf(port, pod) : port.targetPort) === serverPort,
  );
  return (byNumber ?? byTarget)?.number;
}

/** The servers on the gateway's pods, and those of Gateways that miss the pods but are named by the host's routes. */
export function serversAt(site: Site, bound: BoundGateways): readonly ReachedServer[] {
  const { view, gateway } = site;
  const running = gatewaysAt(view, gateway);
  const astray = view
    .all('Gateway')
    .map(toGateway)
    .filter((it) => !running.includes(it) && isOwn(it, site, bound) && proxiesOf(view, it).length === 0);
  return [...running, ...astray].flatMap((it) =>
    it.servers.map((placed, index): ReachedServer => {
      return { placed, index, servicePort: servicePortOf(gateway, placed.server.port?.number) };
    }),
  );
}

/** Whether a Gateway serves this host and no other, or is named by its routes. */
function isOwn(gateway: MeshGateway, site: Site, bound: BoundGateways): boolean {
  return bound.has(gateway.id) || gateway.servers.some((it) => namesOnly(it, site.host));
}

export function namesOnly(placed: PlacedServer, host: string): boolean {
  return placed.hosts.length > 0 && placed.hosts.every((it) => splitNamespacedHost(it).host === host);
}

/** Whether requests of this flow get through the server as it is. */
export function isReady(site: Site, { placed, servicePort }: ReachedServer, flow: Flow): boolean {
  const { view, gateway, host } = site;
  const skipped = gateway.proxy ? mergedGateway(view, gateway.proxy).skipped : [];
  return (
    // Nobody says which ports a gateway has that lives elsewhere.
    (servicePort !== undefined || !gateway.known) &&
    runsAt(gateway, placed.gateway) &&
    isOpen(placed.server) &&
    serves(placed.server, flow) &&
    hostsFor(site, placed).some((it) => isSubsetOf(host, it)) &&
    !skipped.some((it) => it.server === placed)
  );
}

/** Whether nothing but its port and names decides what the server takes, and it sends nobody away. */
export function isOpen({ bind, tls }: GatewayServer): boolean {
  return (bind === undefined || ['', '0.0.0.0', '::'].includes(bind)) && tls?.httpsRedirect !== true;
}

/** The names a server takes from the namespaces the route's VirtualServices live in. */
export function hostsFor(site: Site, placed: PlacedServer): readonly string[] {
  const homes = [site.wish.namespace, ...site.virtualServices.map((it) => it.namespace)];
  return [...new Set(homes)].flatMap((home) => serverHostsFor(placed, home));
}

/** A port of the gateway's Service on which a server for the flow gets on with the servers that are there. */
export function freePort(
  site: Site,
  server: Pick<GatewayServer, 'port' | 'tls'>,
  wanted: readonly number[],
  fresh: readonly Piece<'Gateway'>[],
  self?: PlacedServer,
): number | undefined {
  const { gateway, host } = site;
  const others = [
    ...serversAt(site, new Set())
      .map(({ placed }) => placed)
      .filter((it) => it !== self)
      .map((it) => it.server),
    ...fresh.flatMap((piece) => (piece.resource ? added(piece) : (piece.spec.servers ?? []))),
  ];
  const order = [...wanted, ...gateway.ports.map((port) => port.number)];
  return [...new Set(order)]
    .filter((number) => gateway.ports.some((port) => port.number === number))
    .find((number) =>
      others
        .filter((it) => servicePortOf(gateway, it.port?.number) === number)
        .every((it) => getsOn(it, server, host)),
    );
}

/** The servers a plan has added to a Gateway that was there. */
function added(piece: Piece<'Gateway'>): readonly GatewayServer[] {
  return (piece.spec.servers ?? []).filter((it) => !piece.resource?.spec.servers?.includes(it));
}

function getsOn(other: GatewayServer, server: Pick<GatewayServer, 'port' | 'tls'>, host: string): boolean {
  if (family(other) !== family(server) || family(server) === 'tcp') {
    return false;
  }
  const sameName = (other.hosts ?? []).some((it) => splitNamespacedHost(it).host === host);
  return family(server) === 'http' || !sameName;
}
