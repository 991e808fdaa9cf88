import type { Resource } from '../model/resource';
import type { GatewayServer, GatewaySpec } from '../model/specs';
import { nearest } from '../text/nearest';
import type { Piece } from './desk';
import {
  freePort,
  hostsFor,
  isOpen,
  isReady,
  namesOnly,
  type ReachedServer,
  serversAt,
  servicePortOf,
} from './gateway-servers';
import { family, hopOf, type ServerHop, serverFor, serves } from './hops';
import { hostLabel, uniqueName } from './names';
import type { BoundGateways, Site } from './site';
import type { Flow } from './wish';

/** Where the gateway takes a flow. */
export interface ServerChoice {
  readonly piece: Piece<'Gateway'>;
  readonly serverPort: number;
  readonly servicePort: number;
  readonly hop: ServerHop;
  /** Whether the server is picked by the name in the TLS handshake. */
  readonly byName: boolean;
}

/** What the other half of the route already says of the server. */
export interface ServerHints {
  /** The port sidecars call now. */
  readonly calledPort: number | undefined;
  /** Whether the hop has, or shall have, mutual TLS of the mesh. */
  readonly mutual: boolean;
  /** Whether a server that disagrees is to be changed: the rest of the route says otherwise. */
  readonly insists: boolean;
  readonly bound: BoundGateways;
  /** Servers that other flows of the route use. */
  readonly taken: Set<string>;
  /** The Gateways the plan has touched so far. */
  readonly pieces: Piece<'Gateway'>[];
}

/** Finds the server that takes the flow, puts a wrong one right, or adds one. */
export function planServer(site: Site, flow: Flow, hints: ServerHints): ServerChoice {
  const servers = serversAt(site, hints.bound).filter((it) => !hints.taken.has(keyOf(it)));
  const ready = servers.filter((it) => isReady(site, it, flow)).sort(byFitness(site, hints));
  if (ready[0]) {
    return useReady(site, flow, hints, ready[0]);
  }
  const broken = servers.filter((it) => isMeant(site, flow, hints, it)).sort(byFitness(site, hints))[0];
  if (broken) {
    return repair(site, flow, hints, broken);
  }
  const narrow = servers.find((it) => lacksHost(flow, hints, it));
  return narrow ? admitHost(site, hints, narrow) : addServer(site, flow, hints);
}

function keyOf({ placed, index }: ReachedServer): string {
  return `${placed.gateway.id} ${index}`;
}

function byFitness(site: Site, { bound, calledPort }: ServerHints) {
  const rank = (it: ReachedServer): number =>
    (it.servicePort === calledPort ? 0 : 4) +
    (bound.has(it.placed.gateway.id) ? 0 : 2) +
    (namesOnly(it.placed, site.host) ? 0 : 1);
  return (a: ReachedServer, b: ReachedServer): number => rank(a) - rank(b);
}

function useReady(site: Site, flow: Flow, hints: ServerHints, found: ReachedServer): ServerChoice {
  const hop = hopOf(found.placed.server);
  const disagrees = hints.insists && (hop?.tls === 'mutual') !== hints.mutual;
  return disagrees && namesOnly(found.placed, site.host)
    ? repair(site, flow, hints, found)
    : choose(site, hints, found, found.placed.server);
}

/** A server for this host alone that no flow gets through, and that no other flow can be meant to use. */
function isMeant(site: Site, flow: Flow, hints: ServerHints, found: ReachedServer): boolean {
  const { server } = found.placed;
  if (!namesOnly(found.placed, site.host)) {
    return false;
  }
  const other: Flow = { ...flow, block: flow.block === 'http' ? 'tls' : 'http' };
  const port = server.port?.number;
  const likely = port === flow.port || (found.servicePort ?? port) === hints.calledPort;
  return serves(server, flow) || likely || (!serves(server, other) && family(server) === 'tcp');
}

function repair(site: Site, flow: Flow, hints: ServerHints, found: ReachedServer): ServerChoice {
  const { server } = found.placed;
  const own = hopOf(server);
  const keeps =
    isOpen(server) && serves(server, flow) && (!hints.insists || (own?.tls === 'mutual') === hints.mutual);
  const { protocol, tls } = serverFor(flow, hints.mutual);
  const { tls: _tls, bind: _bind, ...rest } = server;
  const shaped: GatewayServer = keeps
    ? server
    : { ...rest, port: { ...server.port, protocol }, ...(tls && { tls }) };
  const wanted = [found.servicePort, hints.calledPort, flow.port].flatMap((it) => it ?? []);
  const port = freePort(site, shaped, wanted, hints.pieces, found.placed) ?? flow.port;
  const right = servicePortOf(site.gateway, server.port?.number) === port;
  // A name with the namespace of others is not for the VirtualServices of this route.
  const served = hostsFor(site, found.placed).includes(site.host);
  const named = served ? shaped : { ...shaped, hosts: [site.host] };
  return choose(site, hints, found, right ? named : { ...named, port: { ...named.port, number: port } });
}

/** A server of a Gateway the host's routes are bound to that would take the flow if it knew the host. */
function lacksHost(flow: Flow, hints: ServerHints, found: ReachedServer): boolean {
  const { placed, servicePort } = found;
  const routed = hopOf(placed.server)?.block === 'tcp';
  return (
    hints.bound.has(placed.gateway.id) &&
    servicePort !== undefined &&
    serves(placed.server, flow) &&
    // Connections of several hosts cannot be told apart behind such a server.
    !routed
  );
}

function admitHost(site: Site, hints: ServerHints, found: ReachedServer): ServerChoice {
  const { server } = found.placed;
  const hosts = server.hosts ?? [];
  const misspelled = hosts.findIndex((it) => isMisspelled(site, it));
  const known = misspelled < 0 ? [...hosts, site.host] : hosts.with(misspelled, site.host);
  return choose(site, hints, found, { ...server, hosts: known });
}

/** A name like the host's that nothing else in the scope knows. */
function isMisspelled({ view, host }: Site, written: string): boolean {
  const unknown = (['ServiceEntry', 'VirtualService'] as const).every(
    (kind) => !view.declaresHost(kind, written),
  );
  return unknown && nearest(written, [host]) !== undefined;
}

function choose(site: Site, hints: ServerHints, found: ReachedServer, server: GatewayServer): ServerChoice {
  // Sound because `toGateway` is given nothing but Gateways.
  const resource = found.placed.gateway.resource as Resource<'Gateway'>;
  const piece = site.desk.open(resource, `lets "${site.host}" through the gateway`);
  const servers = piece.spec.servers ?? [];
  if (server !== found.placed.server) {
    piece.spec = { ...piece.spec, servers: servers.with(found.index, server) };
  }
  piece.spec = selecting(site, piece.spec);
  hints.taken.add(keyOf(found));
  remember(hints, piece);
  const serverPort = server.port?.number ?? 0;
  return {
    piece,
    serverPort,
    servicePort: servicePortOf(site.gateway, serverPort) ?? hints.calledPort ?? serverPort,
    hop: hopOf(server) ?? { block: 'http', tls: 'plain' },
    byName: !(server.hosts ?? []).some((it) => it.endsWith('*')),
  };
}

/** Puts a selector right that meets none of the gateway's pods. */
function selecting(site: Site, spec: GatewaySpec): GatewaySpec {
  const { labels } = site.gateway;
  const meets = Object.entries(spec.selector ?? {}).every(([name, value]) => labels[name] === value);
  return meets ? spec : { ...spec, selector: site.gateway.selector };
}

function addServer(site: Site, flow: Flow, hints: ServerHints): ServerChoice {
  const { protocol, tls, block } = serverFor(flow, hints.mutual);
  const piece = hints.pieces.at(-1) ?? ownGateway(site) ?? newGateway(site);
  const names = new Set((piece.spec.servers ?? []).map((it) => it.port?.name));
  const shape: GatewayServer = { port: { protocol }, ...(tls && { tls }) };
  const wanted = [hints.calledPort, flow.port, flow.block === 'http' ? 80 : 443].flatMap((it) => it ?? []);
  const free = freePort(site, shape, wanted, hints.pieces);
  if (free === undefined) {
    site.notes.push(
      `No port of "${site.gateway.namespace}/${site.gateway.name}" is free for "${site.host}": add one to its Service, and use it in the Gateway and the VirtualService`,
    );
  }
  const number = free ?? flow.port;
  const name = uniqueName(`${protocol.toLowerCase()}-${hostLabel(site.host)}`, (it) => names.has(it));
  const server: GatewayServer = {
    port: { number, name, protocol },
    hosts: [site.host],
    ...(tls && { tls }),
  };
  piece.spec = selecting(site, { ...piece.spec, servers: [...(piece.spec.servers ?? []), server] });
  remember(hints, piece);
  const hop: ServerHop = { block, tls: hints.mutual ? 'mutual' : 'plain' };
  return { piece, serverPort: number, servicePort: number, hop, byName: true };
}

/** A Gateway that serves nothing but this host is the route's own, and may serve it on another port too. */
function ownGateway(site: Site): Piece<'Gateway'> | undefined {
  const own = serversAt(site, new Set()).find(({ placed }) =>
    placed.gateway.servers.every((it) => namesOnly(it, site.host)),
  );
  // Sound for the same reason as above.
  const resource = own?.placed.gateway.resource as Resource<'Gateway'> | undefined;
  return resource && site.desk.open(resource, `lets "${site.host}" through the gateway`);
}

/** The Gateway goes beside its pods when those are the author's, else beside the route. */
function newGateway(site: Site): Piece<'Gateway'> {
  const { gateway, wish, desk, host } = site;
  return desk.write(
    'Gateway',
    gateway.own ? gateway.namespace : wish.namespace,
    `${hostLabel(host)}-egress`,
    { selector: gateway.selector, servers: [] },
    `lets "${host}" through the gateway`,
  );
}

function remember({ pieces }: ServerHints, piece: Piece<'Gateway'>): void {
  if (!pieces.includes(piece)) {
    pieces.push(piece);
  }
}
