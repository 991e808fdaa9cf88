import type { Origin } from '../mesh/origin';
import type { Labels } from '../model/specs';

/** One request of an application in a pod with a sidecar. */
export interface Request {
  readonly from: { readonly namespace: string; readonly labels?: Labels };
  /** `tls` is TLS around something that is not HTTP, `tcp` is plain bytes. */
  readonly scheme: 'http' | 'https' | 'tls' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** The address the application connects to; otherwise what DNS says, which is known for Services only. */
  readonly address?: string;
}

export type Outcome =
  | 'external'
  | 'mesh'
  | 'passthrough'
  | 'blocked'
  | 'no-route'
  | 'no-virtual-host'
  | 'no-cluster'
  | 'no-endpoints'
  | 'no-listener'
  | 'no-filter-chain'
  | 'ambiguous-filter-chain'
  | 'tls-mismatch'
  | 'protocol-error'
  | 'loop'
  | 'direct-response'
  | 'redirect'
  | 'other-cluster'
  | 'not-evaluated';

/** A layer of TLS on the wire: the application's or a proxy's, with an own certificate, or with the mesh's identity. */
export interface TlsLayer {
  readonly mode: 'tls' | 'tls+cert' | 'mtls';
  readonly sni?: string;
}

/** What one proxy did. The names are Envoy's, as `istioctl proxy-config` prints them. */
export interface Hop {
  /** `sidecar <namespace>` or `gateway <namespace>/<service>`. */
  readonly proxy: string;
  readonly listener?: string;
  readonly filterChain?: string;
  readonly routeConfig?: string;
  readonly virtualHost?: string;
  readonly route?: string;
  readonly cluster?: string;
  readonly clusterType?: string;
  readonly tunnel?: string;
  /** Layers on the wire after this proxy, outermost last. */
  readonly layers?: readonly TlsLayer[];
  readonly weight?: number;
  /** What in the configuration decided, the most telling first. */
  readonly decidedBy: readonly Origin[];
  /** What would have decided otherwise, and why it did not; only where that was asked for. */
  readonly alternatives?: readonly Alternative[];
}

export interface Alternative {
  readonly origin: Origin;
  readonly reason: string;
}

/** One way the request can take. */
export interface TracedPath {
  readonly outcome: Outcome;
  /** Why, in words a person understands. */
  readonly reason?: string;
  /** The gateway Services passed, `namespace/name`. */
  readonly via: readonly string[];
  readonly host?: string;
  /** The Service port, or the number of the request where nobody knows the host. */
  readonly port?: string;
  readonly tls: readonly TlsLayer[];
  readonly status?: number;
  /** Share of the requests in percent; 0 when nothing splits. */
  readonly weight: number;
  readonly hops: readonly Hop[];
}
