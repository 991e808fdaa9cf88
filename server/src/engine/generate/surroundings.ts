import type { AnyRoute, VirtualService } from './vs-routes';

/** What has to be known beyond a single VirtualService to judge its routes. */
export interface Surroundings {
  /** Whether a full name is the Service of an egress gateway. */
  isGatewayHost(host: string): boolean;
  /** Whether a full name is registered at all. */
  isRegistered(host: string): boolean;
  /** Full names of all hosts a route leads to, those of its delegate included. */
  destinations(route: AnyRoute, vs: VirtualService): readonly string[];
  /** Ports the host of the route is registered with. */
  readonly ports: ReadonlySet<number>;
}
