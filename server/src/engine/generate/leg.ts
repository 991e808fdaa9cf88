import type { Block } from './hops';
import type { AnyMatch, AnyRoute } from './vs-routes';
import type { Flow } from './wish';

/** One flow on its way: where the sidecar sends it, where the gateway takes it, and where it leaves to. */
export interface Leg {
  readonly host: string;
  readonly flow: Flow;
  /** The full name of the gateway's Service. */
  readonly gatewayHost: string;
  /** The port of the gateway's Service that the sidecar calls. */
  readonly servicePort: number;
  /** The subset of the gateway's Service, where the way there has settings of its own. */
  readonly subset: string | undefined;
  /** `namespace/name` of the Gateway that takes it. */
  readonly gateway: string;
  /** The number of the server's port in that Gateway. */
  readonly serverPort: number;
  /** The block in which the gateway looks for the route. */
  readonly block: Block;
  /** The port of the host that is called in the end. */
  readonly upstreamPort: number;
  readonly upstreamSubset: string | undefined;
}

export function firstHopRoute(leg: Leg): AnyRoute {
  return {
    match: [firstHopMatch(leg, {})],
    route: [
      {
        destination: {
          host: leg.gatewayHost,
          ...(leg.subset !== undefined && { subset: leg.subset }),
          port: { number: leg.servicePort },
        },
      },
    ],
  };
}

export function secondHopRoute(leg: Leg, gatewayName: string): AnyRoute {
  return {
    match: [secondHopMatch(leg, gatewayName, {})],
    route: [
      {
        destination: {
          host: leg.host,
          ...(leg.upstreamSubset !== undefined && { subset: leg.upstreamSubset }),
          port: { number: leg.upstreamPort },
        },
      },
    ],
  };
}

/** The match with what makes it a sidecar's on this port; other conditions stay. */
export function firstHopMatch(leg: Leg, match: AnyMatch): AnyMatch {
  return {
    ...match,
    gateways: ['mesh'],
    port: leg.flow.port,
    ...(leg.flow.block === 'tls' && { sniHosts: [leg.host] }),
  };
}

export function secondHopMatch(leg: Leg, gatewayName: string, match: AnyMatch): AnyMatch {
  return {
    ...match,
    gateways: [gatewayName],
    port: leg.serverPort,
    ...(leg.block === 'tls' && { sniHosts: [leg.host] }),
  };
}
