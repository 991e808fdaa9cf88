import { meshGateway, resolveGatewayName, resolveShortName } from '../mesh/hosts';
import type { RouteDestination, VirtualServiceSpec } from '../model/specs';
import type { Block } from './hops';
import { type Leg, secondHopMatch, secondHopRoute } from './leg';
import type { Surroundings } from './surroundings';
import {
  type AnyRoute,
  bindings,
  candidates,
  matchesOf,
  replaced,
  routesOf,
  type Stand,
  type VirtualService,
  withBinding,
} from './vs-routes';

/** The route the gateway takes for the flow, unless that sends it back to the gateway. */
export function findSecondHop(
  vs: VirtualService,
  leg: Pick<Leg, 'host' | 'block' | 'gateway' | 'serverPort' | 'gatewayHost'>,
  around: Surroundings,
): AnyRoute | undefined {
  const index = candidates(vs, leg.block, standOf(leg))[0];
  const route = index === undefined ? undefined : routesOf(vs.spec, leg.block)[index];
  return route && !around.destinations(route, vs).includes(leg.gatewayHost) ? route : undefined;
}

/** Whether something in the VirtualService is written for a gateway, right or wrong. */
export function meansSecondHop(vs: VirtualService, leg: Leg, around: Surroundings): boolean {
  return (
    bindings(vs).some((name) => name !== meshGateway) ||
    routesOf(vs.spec, leg.block).some((route) => isMeant(route, vs, leg, around))
  );
}

/** The spec with a route from the gateway to the host; the same object when it has a right one. */
export function withSecondHop(vs: VirtualService, leg: Leg, around: Surroundings): VirtualServiceSpec {
  const bound = { ...vs, spec: withBinding(vs, leg.gateway) };
  const open = { ...bound, spec: withoutLoops(bound, leg, around) };
  const routes = routesOf(open.spec, leg.block);
  const right = candidates(open, leg.block, standOf(leg))[0];
  if (right !== undefined) {
    const route = corrected(routes[right]!, open, leg, around);
    return route === routes[right] ? open.spec : replaced(open.spec, leg.block, routes.with(right, route));
  }
  const name = nameFor(leg.gateway, vs.namespace);
  const meant = routes.findIndex((route) => isMeant(route, open, leg, around));
  if (meant < 0) {
    return replaced(open.spec, leg.block, [...routes, secondHopRoute(leg, name)]);
  }
  const match = matchesOf(routes[meant]!).map((it) => secondHopMatch(leg, name, it));
  const route = corrected({ ...routes[meant]!, match }, open, leg, around);
  return replaced(open.spec, leg.block, routes.with(meant, route));
}

/** A Gateway of the same namespace goes by its short name. */
export function nameFor(gateway: string, namespace: string): string {
  return gateway.startsWith(`${namespace}/`) ? gateway.slice(namespace.length + 1) : gateway;
}

function standOf(leg: Pick<Leg, 'host' | 'gateway' | 'serverPort'>): Stand {
  return { gateway: leg.gateway, port: leg.serverPort, host: leg.host };
}

function withoutLoops(vs: VirtualService, leg: Leg, around: Surroundings): VirtualServiceSpec {
  const spec = withoutLoop(vs, leg, leg.block, around);
  return leg.flow.block === leg.block ? spec : withoutLoop({ ...vs, spec }, leg, leg.flow.block, around);
}

/** A route to the gateway that the gateway itself would take first is kept for sidecars. */
function withoutLoop(vs: VirtualService, leg: Leg, block: Block, around: Surroundings): VirtualServiceSpec {
  const routes = routesOf(vs.spec, block);
  const first = candidates(vs, block, standOf(leg))[0];
  const route = first === undefined ? undefined : routes[first]!;
  if (!route || !around.destinations(route, vs).includes(leg.gatewayHost)) {
    return vs.spec;
  }
  const written = matchesOf(route);
  const here = written.every(
    (it) => it.gateways?.length === 1 && resolveGatewayName(it.gateways[0]!, vs.namespace) === leg.gateway,
  );
  if (here) {
    // Written for the gateway, so it is the destination that is wrong.
    const { route: destinations } = secondHopRoute(leg, '');
    return replaced(vs.spec, block, routes.with(first!, { ...route, route: destinations! }));
  }
  const match = written.map((it) => ({ ...it, gateways: [meshGateway] }));
  const next = replaced(vs.spec, block, routes.with(first!, { ...route, match }));
  return withoutLoop({ ...vs, spec: next }, leg, block, around);
}

/** A route away from here that is written for a gateway, and that none of the gateways really has. */
function isMeant(route: AnyRoute, vs: VirtualService, leg: Leg, around: Surroundings): boolean {
  const matches = route.match ?? [];
  if (matches.length === 0 || around.destinations(route, vs).some((it) => around.isGatewayHost(it))) {
    return false;
  }
  const calls = portsCalled(vs, leg);
  return matches.every(({ gateways = [], port }) => {
    const names = gateways.map((it) => resolveGatewayName(it, vs.namespace));
    const forGateway = names.length > 0 && !names.includes(meshGateway);
    const taken = names.some((it) => it !== leg.gateway && bindings(vs).includes(it));
    return forGateway && !taken && (port === undefined || port === leg.serverPort || !calls.has(port));
  });
}

/** Ports on which the same VirtualService sends other flows to the gateway: their second hop is not this one's. */
function portsCalled(vs: VirtualService, leg: Leg): ReadonlySet<number> {
  const ports = routesOf(vs.spec, leg.block).flatMap((route) =>
    (route.route ?? []).flatMap(({ destination }) =>
      resolveShortName(destination?.host ?? '', vs.namespace) === leg.gatewayHost
        ? (destination?.port?.number ?? [])
        : [],
    ),
  );
  return new Set(ports);
}

/** A host that nobody knows, or a port the host has not got, is put right. Any other destination is meant. */
function corrected(route: AnyRoute, vs: VirtualService, leg: Leg, around: Surroundings): AnyRoute {
  const destinations = (route.route ?? []).map((it): RouteDestination => {
    const { destination } = it;
    const host = resolveShortName(destination?.host ?? '', vs.namespace);
    const known = around.isRegistered(host);
    const elsewhere = known && host !== leg.host;
    const port = destination?.port?.number;
    const leaves = known && (port === leg.upstreamPort || (port === undefined && around.ports.size === 1));
    const subset = leg.upstreamSubset === undefined || destination?.subset === leg.upstreamSubset;
    if (elsewhere || (leaves && subset)) {
      return it;
    }
    return {
      ...it,
      destination: {
        ...destination,
        host: leg.host,
        ...(leg.upstreamSubset !== undefined && { subset: leg.upstreamSubset }),
        port: { number: leg.upstreamPort },
      },
    };
  });
  const changed = destinations.some((it, index) => it !== route.route?.[index]);
  return changed ? { ...route, route: destinations } : route;
}
