import { clientNamespaces } from '../intent/clients';
import { type MeshGateway, meshGateways } from '../mesh/gateways';
import { isIpAddress, isSubsetOf, isWildcard, kubernetesName, resolveShortName } from '../mesh/hosts';
import { servicesNamed } from '../mesh/registry';
import { delegateOf, mergedVirtualService, meshVirtualServices } from '../mesh/virtual-services';
import { fields, items } from '../model/guards';
import { asKind, type Resource, type TrafficKind } from '../model/resource';
import type { Slot } from '../source/source';
import type { View } from '../workspace/view';
import type { YamlEdit, YamlValue } from '../yaml/edit';
import { Desk, type Piece } from './desk';
import {
  assumedGateway,
  type EgressGateway,
  egressGateways,
  isGatewayHost,
  meantGateway,
} from './egress-gateway';
import { findFirstHop } from './first-hop';
import { inferPattern } from './infer-pattern';
import { entriesFor, portsOf } from './plan-entry';
import { planLegs } from './plan-legs';
import { planSidecarRoute } from './plan-sidecar-route';
import type { Site } from './site';
import { same, specEdits } from './spec-edits';
import type { Surroundings } from './surroundings';
import { type AnyRoute, destinationsOf } from './vs-routes';
import { type Flow, flowsOf, type RoutePattern, type RouteWish, usualPorts, type WishedPort } from './wish';

/** What stands between the scope and a complete egress route for a host. */
export interface RoutePlan {
  readonly host: string;
  readonly pattern: RoutePattern;
  readonly documents: readonly PlannedDocument[];
  /** What the user should know: choices made for them, and what the plan cannot do. */
  readonly notes: readonly string[];
  /** Set when nothing can be generated, with the reason. */
  readonly refused?: string;
}

/** A document of the route. `purpose` says in a few words what it is for. */
export type PlannedDocument =
  | (Planned & { readonly state: 'complete'; readonly slot: Slot })
  | (Planned & { readonly state: 'incomplete'; readonly slot: Slot; readonly edits: readonly YamlEdit[] })
  | (Planned & { readonly state: 'missing'; readonly manifest: Manifest });

interface Planned {
  readonly kind: TrafficKind;
  readonly namespace: string;
  readonly name: string;
  readonly purpose: string;
}

/** A whole object, in the order in which people write its members. */
export interface Manifest {
  readonly [key: string]: YamlValue | undefined;
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Whether the route is finished, so that there is nothing to offer. */
export function isComplete(plan: RoutePlan): boolean {
  return plan.documents.every((it) => it.state === 'complete');
}

/** Compares the scope with the route that is wished for, and plans only what is missing or wrong. */
export function planRoute(view: View, wish: RouteWish): RoutePlan {
  const host = wish.host.trim().toLowerCase().replace(/\.$/, '');
  const refused = reasonToRefuse(view, host) ?? routedOtherwise(view, host);
  if (refused !== undefined) {
    return { host, pattern: wish.pattern ?? 'http', documents: [], notes: [refused], refused };
  }
  const exact = orderedVirtualServices(view, host, wish.namespace);
  const covering = exact.length > 0 ? [] : coveringVirtualServices(view, host, wish.namespace);
  const plan = planWith(view, { ...wish, host }, exact.length > 0 ? exact : covering);
  const touchesOthers = plan.documents.some(
    (it) => it.state === 'incomplete' && it.kind === 'VirtualService',
  );
  // A route for many hosts is taken as it is or not at all: changing it would change it for all of them.
  return covering.length > 0 && touchesOthers ? planWith(view, { ...wish, host }, []) : plan;
}

function reasonToRefuse(view: View, host: string): string | undefined {
  if (isWildcard(host)) {
    return `"${host}" stands for many hosts, and a gateway has to know one to send requests to: generate a route for each host`;
  }
  if (
    isIpAddress(host) ||
    !/^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(host)
  ) {
    return `"${host}" is no full host name, such as "edition.cnn.com"`;
  }
  if (kubernetesName(host) || servicesNamed(view, host).some((it) => it.registry === 'kubernetes')) {
    return `"${host}" is a Service of the cluster, so requests to it do not leave the mesh`;
  }
  return undefined;
}

/** Routes of the Gateway API are not merged with those of a VirtualService: one of the two wins. */
function routedOtherwise(view: View, host: string): string | undefined {
  const names = new Set(view.byHost('ServiceEntry', host).map((it) => it.name));
  const route = view.all('Other').find(
    (it) =>
      it.apiVersion.startsWith('gateway.networking.k8s.io/') &&
      items(it.spec.parentRefs).some((parent) => {
        const { kind, name } = fields(parent);
        return kind === 'ServiceEntry' && typeof name === 'string' && names.has(name);
      }),
  );
  return (
    route &&
    `"${host}" is routed by the ${route.writtenKind} "${route.namespace}/${route.name}" of the Gateway API: complete its route there`
  );
}

/** Those that name the host, the one sidecars of the namespace follow first. */
function orderedVirtualServices(
  view: View,
  host: string,
  namespace: string,
): readonly Resource<'VirtualService'>[] {
  const followed = meshVirtualServices(view, namespace).flatMap(
    (it) => asKind(it.resource, 'VirtualService') ?? [],
  );
  const rank = (it: Resource): number => {
    const index = followed.findIndex((other) => other.slot === it.slot && other.name === it.name);
    return index < 0 ? followed.length : index;
  };
  return [...view.byHost('VirtualService', host)].sort((a, b) => rank(a) - rank(b));
}

function coveringVirtualServices(
  view: View,
  host: string,
  namespace: string,
): readonly Resource<'VirtualService'>[] {
  return meshVirtualServices(view, namespace)
    .filter((it) => it.hosts.some((other) => isSubsetOf(host, other)))
    .flatMap((it) => asKind(it.resource, 'VirtualService') ?? []);
}

function planWith(
  view: View,
  wish: RouteWish,
  virtualServices: readonly Resource<'VirtualService'>[],
): RoutePlan {
  const { host, namespace } = wish;
  const desk = new Desk(view);
  const entries = entriesFor(view, host, namespace);
  const pattern = wish.pattern ?? inferPattern(view, host, entries, virtualServices);
  const ports = wish.ports ?? declaredPorts(entries) ?? usualPorts(wish.pattern);
  const { flows, notes } = flowsOf(ports, pattern);
  const around = surroundings(view, host, entries, flows);
  const site: Site = {
    view,
    desk,
    wish,
    host,
    pattern,
    gateway: chooseGateway(view, wish, virtualServices, flows, around),
    clients: clientsOf(view, wish, virtualServices),
    entries,
    entryNamespace: entries[0]?.namespace ?? namespace,
    virtualServices,
    around,
    notes: [...notes],
  };
  if (flows.length === 0) {
    return { host, pattern, documents: [], notes: site.notes };
  }
  if (pattern === 'originate-sidecar') {
    planSidecarRoute(site, flows);
  } else {
    planLegs(site, flows);
  }
  return { host, pattern, documents: documentsOf(site), notes: site.notes };
}

function declaredPorts(entries: readonly Resource<'ServiceEntry'>[]): readonly WishedPort[] | undefined {
  const ports = portsOf(entries).flatMap(({ number, protocol }): WishedPort[] =>
    number === undefined ? [] : [{ number, ...(protocol !== undefined && { protocol }) }],
  );
  return ports.length > 0 ? ports : undefined;
}

function surroundings(
  view: View,
  host: string,
  entries: readonly Resource<'ServiceEntry'>[],
  flows: readonly Flow[],
): Surroundings {
  const ports = [...portsOf(entries).flatMap((it) => it.number ?? []), ...flows.map((it) => it.port)];
  const resolve = (route: AnyRoute, namespace: string): string[] =>
    destinationsOf(route).map((it) => resolveShortName(it, namespace));
  return {
    ports: new Set(ports),
    isGatewayHost: (it) => isGatewayHost(view, it),
    isRegistered: (it) => it === host || servicesNamed(view, it).length > 0,
    destinations(route, vs) {
      const delegate = route.delegate ? delegateOf(view, vs, { delegate: route.delegate }) : undefined;
      const delegated = typeof delegate === 'object' ? (delegate.spec.http ?? []) : [];
      return [
        ...resolve(route, vs.namespace),
        ...delegated.flatMap((it) =>
          resolve(it as AnyRoute, delegate && typeof delegate === 'object' ? delegate.namespace : ''),
        ),
      ];
    },
  };
}

/** The one the route goes through already, the one asked for, the one the scope uses, or the stock one. */
function chooseGateway(
  view: View,
  wish: RouteWish,
  virtualServices: readonly Resource<'VirtualService'>[],
  flows: readonly Flow[],
  around: Surroundings,
): EgressGateway {
  const { host } = wish;
  for (const vs of virtualServices) {
    const route = flows.flatMap((flow) => findFirstHop(vs, { flow, host }, around) ?? [])[0];
    const used = route && around.destinations(route, vs).find((it) => around.isGatewayHost(it));
    const gateway =
      used === undefined ? undefined : meantGateway(view, used, ...boundTo(view, virtualServices));
    if (gateway) {
      return gateway;
    }
  }
  return wish.gateway
    ? assumedGateway(view, wish.gateway)
    : (egressGateways(view, wish.namespace)[0] ?? assumedGateway(view));
}

/** The Gateways the host's VirtualServices name, and the ports of gateway Services they call. */
function boundTo(
  view: View,
  virtualServices: readonly Resource<'VirtualService'>[],
): readonly [readonly MeshGateway[], readonly number[]] {
  const merged = virtualServices.map((it) => mergedVirtualService(view, it));
  const gateways = merged.flatMap((it) => it.gateways);
  const called = merged
    .flatMap((it) => [...it.http, ...it.tls, ...it.tcp])
    .flatMap(({ route }) => route.route ?? [])
    .flatMap(({ destination }) =>
      isGatewayHost(view, destination?.host ?? '') ? (destination?.port?.number ?? []) : [],
    );
  return [meshGateways(view).filter((it) => gateways.includes(it.id)), called];
}

function clientsOf(
  view: View,
  { namespace, clientNamespaces: wished = [] }: RouteWish,
  virtualServices: readonly Resource<'VirtualService'>[],
): readonly string[] {
  const [first] = virtualServices;
  const written = first ? mergedVirtualService(view, first) : { namespace, exportTo: ['*'] };
  return [...new Set([namespace, ...wished, ...clientNamespaces(view, written)])];
}

const documentOrder: readonly TrafficKind[] = [
  'ServiceEntry',
  'Gateway',
  'DestinationRule',
  'VirtualService',
];

function documentsOf({ view, desk, wish, entries }: Site): readonly PlannedDocument[] {
  const apiVersion = usualApiVersion(view, entries[0]);
  return desk.pieces(documentOrder).map((piece): PlannedDocument => {
    const { kind, namespace, name, purpose, resource } = piece;
    const planned = { kind, namespace, name, purpose };
    if (!resource) {
      const own = namespace === wish.namespace && wish.writeNamespace === false;
      return { ...planned, state: 'missing', manifest: manifestOf(piece, apiVersion, own) };
    }
    const { slot, base, spec } = resource;
    return same(spec, piece.spec)
      ? { ...planned, state: 'complete', slot }
      : { ...planned, state: 'incomplete', slot, edits: specEdits(spec, piece.spec, [...base, 'spec']) };
  });
}

function manifestOf({ kind, namespace, name, spec }: Piece, apiVersion: string, bare: boolean): Manifest {
  return {
    apiVersion,
    kind,
    metadata: { name, ...(!bare && { namespace }) },
    // Sound because specs hold nothing but plain values.
    spec: spec as unknown as YamlValue,
  };
}

/** What the ServiceEntry writes, else what most documents of the scope write, else the stable version. */
function usualApiVersion(view: View, entry: Resource | undefined): string {
  if (entry) {
    return entry.apiVersion;
  }
  const counts = new Map<string, number>();
  for (const kind of documentOrder) {
    for (const { apiVersion } of view.all(kind)) {
      counts.set(apiVersion, (counts.get(apiVersion) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? 'networking.istio.io/v1';
}
