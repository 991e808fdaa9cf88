import { meshGateway, resolveGatewayName, resolveShortName } from '../mesh/hosts';
import type { RouteDestination, VirtualServiceSpec } from '../model/specs';
import { firstHopMatch, firstHopRoute, type Leg } from './leg';
import type { Surroundings } from './surroundings';
import {
  type AnyRoute,
  candidates,
  matchesOf,
  replaced,
  routesOf,
  type VirtualService,
  withBinding,
} from './vs-routes';

/** The route that takes the flow to a gateway, whatever the VirtualService does with other requests. */
export function findFirstHop(
  vs: VirtualService,
  { flow, host }: Pick<Leg, 'flow' | 'host'>,
  around: Surroundings,
): AnyRoute | undefined {
  const routes = routesOf(vs.spec, flow.block);
  return candidates(vs, flow.block, { gateway: meshGateway, port: flow.port, host })
    .map((index) => routes[index]!)
    .filter((route) => leadsToGateway(route, vs, around))
    .sort((a, b) => Number(a.delegate !== undefined) - Number(b.delegate !== undefined))[0];
}

/** Whether sidecars answer every request of the flow themselves, so that none goes anywhere. */
export function isAnswered(vs: VirtualService, { flow, host }: Pick<Leg, 'flow' | 'host'>): boolean {
  const routes = routesOf(vs.spec, flow.block);
  const taken = candidates(vs, flow.block, { gateway: meshGateway, port: flow.port, host });
  return taken.length > 0 && taken.every((index) => routes[index]!.redirect ?? routes[index]!.directResponse);
}

/** The route that is written for the flow, and that a mistake keeps from taking it. */
export function findMeantFirstHop(
  vs: VirtualService,
  leg: Pick<Leg, 'flow'>,
  around: Surroundings,
): AnyRoute | undefined {
  return routesOf(vs.spec, leg.flow.block).find((route) =>
    isMeant(route, vs, { ...leg, gateway: '' }, around),
  );
}

/** Whether some route of the VirtualService is written for sidecars and leads to a gateway, right or wrong. */
export function meansFirstHop(vs: VirtualService, leg: Pick<Leg, 'flow'>, around: Surroundings): boolean {
  return routesOf(vs.spec, leg.flow.block).some((route) => leadsToGateway(route, vs, around));
}

/** The spec with a route that takes the flow to the gateway; the same object when it has a right one. */
export function withFirstHop(vs: VirtualService, leg: Leg, around: Surroundings): VirtualServiceSpec {
  const bound = { ...vs, spec: withBinding(vs, meshGateway) };
  const { block } = leg.flow;
  const routes = routesOf(bound.spec, block);
  const taken = candidates(bound, block, { gateway: meshGateway, port: leg.flow.port, host: leg.host });
  const right = taken.find((index) => leadsToGateway(routes[index]!, bound, around));
  if (right !== undefined) {
    const route = corrected(routes[right]!, bound, leg, around);
    return route === routes[right] ? bound.spec : replaced(bound.spec, block, routes.with(right, route));
  }
  const meant = routes.findIndex((route) => isMeant(route, bound, leg, around));
  const at = taken.at(-1) ?? 0;
  if (meant < 0) {
    const route = { ...firstHopRoute(leg), ...settingsOf(routes[at]) };
    return replaced(bound.spec, block, routes.toSpliced(at, 0, route));
  }
  const match = matchesOf(routes[meant]!).map((it) => firstHopMatch(leg, it));
  const route = corrected({ ...routes[meant]!, match }, bound, leg, around);
  // A route that an earlier one hides has to stand before it.
  const hidden = taken.length > 0 && at < meant;
  const order = hidden ? routes.toSpliced(meant, 1).toSpliced(at, 0, route) : routes.with(meant, route);
  return replaced(bound.spec, block, order);
}

/** What the author has set for requests that have taken another route so far. */
function settingsOf(route: AnyRoute | undefined): AnyRoute {
  const { timeout, retries, fault } = route ?? {};
  return { ...(timeout && { timeout }), ...(retries && { retries }), ...(fault && { fault }) };
}

function leadsToGateway(route: AnyRoute, vs: VirtualService, around: Surroundings): boolean {
  return around.destinations(route, vs).some((host) => around.isGatewayHost(host));
}

/** A route to a gateway that takes no request on any port the host has, so that it can only be meant for this one. */
function isMeant(
  route: AnyRoute,
  vs: VirtualService,
  leg: Pick<Leg, 'flow' | 'gateway'>,
  around: Surroundings,
): boolean {
  return (
    leadsToGateway(route, vs, around) &&
    matchesOf(route).every(({ port, gateways }) => {
      const elsewhere = gateways?.some((it) => resolveGatewayName(it, vs.namespace) === leg.gateway);
      return !elsewhere && (port === undefined || port === leg.flow.port || !around.ports.has(port));
    })
  );
}

/** The port the gateway serves, and the subset when the hop needs one. Destinations elsewhere stay. */
function corrected(route: AnyRoute, vs: VirtualService, leg: Leg, around: Surroundings): AnyRoute {
  const destinations = (route.route ?? []).map((it): RouteDestination => {
    const { destination } = it;
    const host = resolveShortName(destination?.host ?? '', vs.namespace);
    if (!around.isGatewayHost(host)) {
      return it;
    }
    const right =
      host === leg.gatewayHost &&
      destination?.port?.number === leg.servicePort &&
      (leg.subset === undefined || destination.subset === leg.subset);
    return right
      ? it
      : {
          ...it,
          destination: {
            ...destination,
            ...(host !== leg.gatewayHost && { host: leg.gatewayHost }),
            ...(leg.subset !== undefined && { subset: leg.subset }),
            port: { number: leg.servicePort },
          },
        };
  });
  const changed = destinations.some((it, index) => it !== route.route?.[index]);
  return changed ? { ...route, route: destinations } : route;
}
