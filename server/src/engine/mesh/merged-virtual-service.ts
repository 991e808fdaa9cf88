import type { Resource } from '../model/resource';
import type { HttpMatch, HttpRoute, TcpRoute, TlsRoute } from '../model/specs';
import type { Origin } from './origin';

/** A route as istiod sees it, and where it is written. Hosts and gateway names are completed. */
export interface Placed<T> {
  readonly route: T;
  readonly origin: Origin;
  /** Where each destination is written, when it is not under `route`. */
  readonly destinationOrigins?: readonly Origin[];
}

/** Of a delegated route the destination stands in the delegate, and the root says where the delegate applies. */
export interface PlacedHttpRoute extends Placed<HttpRoute> {
  readonly root?: Origin;
  readonly matches: readonly { readonly match: HttpMatch; readonly origin: Origin }[];
}

/** A VirtualService with its delegates merged and its names completed. */
export interface MergedVirtualService {
  readonly resource: Resource;
  readonly name: string;
  readonly namespace: string;
  readonly creationTimestamp?: string;
  readonly hosts: readonly string[];
  /** Where each host is written. */
  readonly hostOrigins: readonly Origin[];
  /** `mesh`, or `namespace/name`. */
  readonly gateways: readonly string[];
  readonly http: readonly PlacedHttpRoute[];
  readonly tls: readonly Placed<TlsRoute>[];
  readonly tcp: readonly Placed<TcpRoute>[];
  /** `*`, `~` or names of namespaces: `.` is replaced. */
  readonly exportTo: readonly string[];
  /** Routes of the Gateway API become VirtualServices that behave differently in places. */
  readonly semantics: 'virtual-service' | 'gateway-api';
}
