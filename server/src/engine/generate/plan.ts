import { clientNamespaces } from '../intent/clients';
import { meshGateways } from '../mesh/gateways';
import { isSubsetOf, resolveShortName } from '../mesh/hosts';
import type { MeshGateway } from '../mesh/mesh-gateway';
import { servicesNamed } from '../mesh/registry';
import { delegateOf, mergedVirtualService, meshVirtualServices } from '../mesh/virtual-services';
import { asKind, type Resource } from '../model/resource';
import type { View } from '../workspace/view';
import { Desk } from './desk';
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
import { type PlannedDocument, plannedDocuments } from './planned-documents';
import { reasonToRefuse } from './refusal';
import type { Site } from './site';
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

/** Whether the route is finished, so that there is nothing to offer. */
export function isComplete(plan: RoutePlan): boolean {
  return plan.documents.every((it) => it.state === 'complete');
}

/** Compares the scope with the route that is wished for, and plans only what is missing or wrong. */
export function planRoute(view: View, wish: RouteWish): RoutePlan {
  const host = wish.host.trim().toLowerCase().replace(/\.$/, '');
  const refused = reasonToRefuse(view, host);
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
  return { host, pattern, documents: plannedDocuments(site), notes: site.notes };
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
