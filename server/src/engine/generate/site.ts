import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import type { Desk } from './desk';
import type { EgressGateway } from './egress-gateway';
import type { Surroundings } from './surroundings';
import type { RoutePattern, RouteWish } from './wish';

/** What every step of a plan works on. */
export interface Site {
  readonly view: View;
  readonly desk: Desk;
  readonly wish: RouteWish;
  readonly host: string;
  readonly pattern: RoutePattern;
  readonly gateway: EgressGateway;
  /** The namespaces the route has to work from, its own first. */
  readonly clients: readonly string[];
  /** The ServiceEntries that declare the host, the one that counts first. */
  readonly entries: readonly Resource<'ServiceEntry'>[];
  /** The namespace that declares the host. */
  readonly entryNamespace: string;
  /** The VirtualServices that name the host, the one that counts for sidecars first. */
  readonly virtualServices: readonly Resource<'VirtualService'>[];
  readonly around: Surroundings;
  readonly notes: string[];
}

/** Gateways that VirtualServices of the host name anywhere, as `namespace/name`. */
export type BoundGateways = ReadonlySet<string>;
