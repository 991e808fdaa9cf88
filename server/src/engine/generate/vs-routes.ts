import { isSubsetOf, meshGateway, resolveGatewayName } from '../mesh/hosts';
import type { Resource } from '../model/resource';
import type { HttpMatch, HttpRoute, RouteDestination, TcpMatch, TlsMatch } from '../model/specs';
import type { Block } from './hops';

/** Every kind of route of a VirtualService, read as one. */
export interface AnyRoute {
  readonly match?: readonly AnyMatch[];
  readonly route?: readonly RouteDestination[];
  readonly delegate?: HttpRoute['delegate'];
  readonly redirect?: HttpRoute['redirect'];
  readonly directResponse?: HttpRoute['directResponse'];
  readonly timeout?: string;
  readonly retries?: object;
  readonly fault?: object;
}

export type AnyMatch = HttpMatch & TlsMatch & TcpMatch;

/** Where a connection is looked at: by sidecars (`mesh`) or a Gateway's pods, and on which port. */
export interface Stand {
  /** `mesh`, or `namespace/name` of the Gateway. */
  readonly gateway: string;
  readonly port: number;
  readonly host: string;
}

export type VirtualService = Resource<'VirtualService'>;

export function routesOf(spec: VirtualService['spec'], block: Block): readonly AnyRoute[] {
  // Sound because the three kinds of route differ in members that are all optional in AnyRoute.
  return (spec[block] ?? []) as readonly AnyRoute[];
}

/** The gateways a VirtualService is bound to, as `mesh` and `namespace/name`. */
export function bindings(vs: Pick<VirtualService, 'spec' | 'namespace'>): readonly string[] {
  const written = vs.spec.gateways;
  return written === undefined || written.length === 0
    ? [meshGateway]
    : written.map((name) => resolveGatewayName(name, vs.namespace));
}

/** The routes a request may take at `stand`, up to the first that takes every request left. */
export function candidates(vs: VirtualService, block: Block, stand: Stand): readonly number[] {
  if (!bindings(vs).includes(stand.gateway)) {
    return [];
  }
  const found: number[] = [];
  for (const [index, route] of routesOf(vs.spec, block).entries()) {
    const taken = takes(route, stand, vs.namespace);
    if (taken !== 'never') {
      found.push(index);
    }
    if (taken === 'always') {
      break;
    }
  }
  return found;
}

export function takes(route: AnyRoute, stand: Stand, namespace: string): 'always' | 'sometimes' | 'never' {
  const matches = route.match ?? [];
  if (matches.length === 0) {
    return 'always';
  }
  const answers = matches.map((match) => admits(match, stand, namespace));
  return answers.includes('always') ? 'always' : answers.includes('sometimes') ? 'sometimes' : 'never';
}

function admits(match: AnyMatch, stand: Stand, namespace: string): 'always' | 'sometimes' | 'never' {
  const at = match.gateways?.map((name) => resolveGatewayName(name, namespace));
  if (at && at.length > 0 && !at.includes(stand.gateway)) {
    return 'never';
  }
  if (match.port !== undefined && match.port !== stand.port) {
    return 'never';
  }
  if (match.sniHosts && !match.sniHosts.some((sni) => isSubsetOf(stand.host, sni))) {
    return 'never';
  }
  return conditions.some((name) => match[name] !== undefined) ? 'sometimes' : 'always';
}

const conditions = [
  'uri',
  'scheme',
  'method',
  'authority',
  'headers',
  'withoutHeaders',
  'queryParams',
  'sourceLabels',
  'sourceNamespace',
  'sourceSubnet',
  'destinationSubnets',
] as const;

/** The matches of a route; one that says nothing where none is written. */
export function matchesOf({ match = [] }: AnyRoute): readonly AnyMatch[] {
  return match.length > 0 ? match : [{}];
}

export function destinationsOf(route: AnyRoute): readonly string[] {
  return (route.route ?? []).flatMap((it) => it.destination?.host ?? []);
}

export function replaced(
  spec: VirtualService['spec'],
  block: Block,
  routes: readonly AnyRoute[],
): VirtualService['spec'] {
  const { [block]: _before, ...rest } = spec;
  return routes.length > 0 ? { ...spec, [block]: routes } : rest;
}

/** The spec bound to `gateway` too. Once anything is written, sidecars are no longer meant by themselves. */
export function withBinding(vs: VirtualService, gateway: string): VirtualService['spec'] {
  if (bindings(vs).includes(gateway)) {
    return vs.spec;
  }
  const written = vs.spec.gateways ?? [];
  const before = written.length > 0 ? written : [meshGateway];
  const name = gateway.startsWith(`${vs.namespace}/`) ? gateway.slice(vs.namespace.length + 1) : gateway;
  return { ...vs.spec, gateways: [...before, name] };
}
