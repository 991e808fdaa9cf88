import { meshFacts } from '../mesh/facts';
import { meshGateway, resolveGatewayName } from '../mesh/hosts';
import { visibilityOf } from '../mesh/visibility';
import type { Resource } from '../model/resource';
import type { VirtualServiceSpec } from '../model/specs';
import type { Piece } from './desk';
import { findFirstHop, meansFirstHop, withFirstHop } from './first-hop';
import { firstHopRoute, type Leg, secondHopRoute } from './leg';
import { hostLabel } from './names';
import { withSight } from './plan-entry';
import { findSecondHop, meansSecondHop, nameFor, withSecondHop } from './second-hop';
import type { Site } from './site';
import { bindings, replaced, routesOf } from './vs-routes';

type RoutePiece = Piece<'VirtualService'>;

/** Sees to it that sidecars send the flow to the gateway, and that the gateway sends it on. */
export function planRoutes(site: Site, leg: Leg): void {
  const pieces = site.virtualServices.map((it) => site.desk.open(it, purpose(site)));
  const second = pieces.find((piece) => findSecondHop(asVs(piece), leg, site.around));
  const first = planFirst(site, leg, pieces, second !== undefined);
  planSecond(site, leg, pieces, first, second);
  for (const piece of [...pieces, ...site.desk.written('VirtualService')]) {
    piece.spec = withPlainNames(withoutStrays(piece, leg), site.host);
  }
}

function planFirst(site: Site, leg: Leg, pieces: readonly RoutePiece[], hasSecond: boolean): RoutePiece {
  // Of several VirtualServices sidecars follow one for HTTP, but all of them for TLS.
  const ready = pieces.find((piece) => findFirstHop(asVs(piece), leg, site.around));
  const followed = pieces.find((piece) => bindings(asVs(piece)).includes(meshGateway));
  const bound = leg.flow.block === 'tls' ? (ready ?? followed) : followed;
  const meant = bound ?? pieces.find((piece) => meansFirstHop(asVs(piece), leg, site.around));
  const written = site.desk.written('VirtualService')[0];
  // A VirtualService of the gateway alone stays that; the sidecars get one of their own.
  const piece = meant ?? written ?? (hasSecond ? undefined : pieces[0]);
  if (piece) {
    piece.spec = seen(site, piece, withFirstHop(asVs(piece), leg, site.around), site.clients);
    return piece;
  }
  const name = hasSecond ? 'to-egress' : 'through-egress';
  const spec = { hosts: [site.host], gateways: [meshGateway], [leg.flow.block]: [firstHopRoute(leg)] };
  return write(site, name, spec);
}

function planSecond(
  site: Site,
  leg: Leg,
  pieces: readonly RoutePiece[],
  first: RoutePiece,
  second: RoutePiece | undefined,
): void {
  const { around, gateway, wish } = site;
  const piece =
    second ??
    [...pieces, ...site.desk.written('VirtualService')].find((it) =>
      bindings(asVs(it)).includes(leg.gateway),
    ) ??
    (isShared(site, leg, first) ? first : pieces.find((it) => meansSecondHop(asVs(it), leg, around)));
  if (piece) {
    const revived = { ...asVs(piece), spec: withoutDeadBinding(site, piece, leg) };
    piece.spec = seen(site, piece, withSecondHop(revived, leg, around), [gateway.service.namespace]);
    return;
  }
  const name = nameFor(leg.gateway, wish.namespace);
  write(site, 'from-egress', {
    hosts: [site.host],
    gateways: [name],
    [leg.block]: [secondHopRoute(leg, name)],
  });
}

/** Whether one VirtualService is to hold both hops: it is new, or it is written that way. */
function isShared({ around }: Site, leg: Leg, first: RoutePiece): boolean {
  return first.resource === undefined || meansSecondHop(asVs(first), leg, around);
}

function write(site: Site, name: string, spec: VirtualServiceSpec): RoutePiece {
  const { desk, wish, host, gateway, clients, view } = site;
  const exportTo = meshFacts(view).defaultVirtualServiceExportTo.value;
  const sight = withSight(exportTo, wish.namespace, [...clients, gateway.service.namespace]);
  return desk.write(
    'VirtualService',
    wish.namespace,
    `${hostLabel(host)}-${name}`,
    { ...spec, ...sight },
    purpose(site),
  );
}

/** Shows the VirtualService to the proxies that have to follow it. */
function seen(
  site: Site,
  piece: RoutePiece,
  spec: VirtualServiceSpec,
  namespaces: readonly string[],
): VirtualServiceSpec {
  if (!piece.resource) {
    return spec;
  }
  const exportTo = spec.exportTo?.length ? spec.exportTo : visibilityOf(site.view, piece.resource).exportTo;
  const sight = withSight(exportTo, piece.namespace, namespaces);
  return sight.exportTo ? { ...spec, ...sight } : spec;
}

/** A binding to a Gateway that nobody declares is a mistyped one when the right one is missing. */
function withoutDeadBinding({ view }: Site, piece: RoutePiece, leg: Leg): VirtualServiceSpec {
  const names = piece.spec.gateways ?? [];
  const ids = names.map((it) => resolveGatewayName(it, piece.namespace));
  const dead = ids.findIndex((it) => {
    const [namespace = '', name] = it.split('/');
    return name !== undefined && !view.declares('Gateway', namespace, name);
  });
  return ids.includes(leg.gateway) || dead < 0
    ? piece.spec
    : { ...piece.spec, gateways: names.with(dead, nameFor(leg.gateway, piece.namespace)) };
}

/** Gateways tell capitals apart in the names of hosts, and clients ask in small letters. */
function withPlainNames(spec: VirtualServiceSpec, host: string): VirtualServiceSpec {
  const hosts = (spec.hosts ?? []).map((it) => (it.toLowerCase() === host ? host : it));
  return hosts.every((it, index) => it === spec.hosts?.[index]) ? spec : { ...spec, hosts };
}

/** Takes out routes for exactly this flow in blocks in which nobody looks for them. */
function withoutStrays(piece: RoutePiece, leg: Leg): VirtualServiceSpec {
  let { spec } = piece;
  for (const block of ['http', 'tls', 'tcp'] as const) {
    const dead = (name: string, port: number | undefined): boolean =>
      name === meshGateway
        ? block !== leg.flow.block && port === leg.flow.port
        : name === leg.gateway && block !== leg.block && port === leg.serverPort;
    const routes = routesOf(spec, block);
    const kept = routes.filter((route) => {
      const matches = route.match ?? [];
      return !(
        matches.length > 0 &&
        matches.every(({ gateways = [], port }) => {
          const names = gateways.map((it) => resolveGatewayName(it, piece.namespace));
          return names.length > 0 && names.every((it) => dead(it, port));
        })
      );
    });
    spec = kept.length === routes.length ? spec : replaced(spec, block, kept);
  }
  return spec;
}

/** A new document is read as if it stood in the files. */
function asVs(piece: RoutePiece): Resource<'VirtualService'> {
  const { kind, namespace, name, spec, resource } = piece;
  // Sound because what looks at routes reads the names and the spec only.
  return { ...resource, kind, namespace, name, spec } as Resource<'VirtualService'>;
}

function purpose({ host }: Site): string {
  return `takes "${host}" to the gateway, and from there out`;
}
