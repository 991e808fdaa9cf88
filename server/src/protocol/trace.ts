import type { GraphParams, GraphState, PlainPlace, PlainPosition } from '../protocol';

/** Client → server: what happens to one request. Bad input is answered with `not-evaluated` and the reason. */
export const traceRequest = 'istioEgress/trace';

export interface TraceParams {
  /** A file of the scope that is meant. */
  readonly uri: string;
  readonly call: TraceCall;
}

/** A request of an application, as in the contract of the command line. */
export interface TraceCall {
  readonly from: { readonly namespace: string; readonly labels?: { readonly [name: string]: string } };
  readonly scheme: 'http' | 'https' | 'tls' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  /** The IP the application connects to, where DNS says it. */
  readonly address?: string;
}

export interface TraceResult {
  /** Name of the scope; empty for a file the server does not know. */
  readonly scope: string;
  /** The request as a URL. */
  readonly url: string;
  /** Every way the request can take; never empty. */
  readonly paths: readonly TraceWay[];
}

/** One way of a request. Every text in it may come from a manifest, so it is shown as text and nothing else. */
export interface TraceWay {
  /** The words of the contract of the command line. */
  readonly outcome: string;
  readonly state: GraphState;
  /** How it ends, why, and what to do about it. */
  readonly title: string;
  readonly reason?: string;
  readonly advice?: string;
  /** The gateway Services passed, `namespace/name`. */
  readonly via: readonly string[];
  readonly host?: string;
  readonly port?: string;
  /** On arrival, outermost last. */
  readonly tls: readonly { readonly mode: 'tls' | 'tls+cert' | 'mtls'; readonly sni?: string }[];
  readonly status?: number;
  /** Share of the requests in percent; 0 when nothing splits. */
  readonly weight: number;
  readonly hops: readonly TraceHop[];
}

export interface TraceHop {
  readonly kind: 'sidecar' | 'gateway';
  /** The namespace of a sidecar, `namespace/name` of a gateway's Service. */
  readonly name: string;
  /** What decided, the most telling first. */
  readonly decisions: readonly TraceReason[];
  /** What would have decided otherwise, and why it did not. */
  readonly others: readonly TraceReason[];
  /** Names as `istioctl proxy-config` prints them. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export interface TraceReason {
  readonly words: string;
  readonly place?: PlainPlace;
}

/** Client → server: what someone typed as a request, read. */
export const readCallRequest = 'istioEgress/readCall';

export interface ReadCallParams {
  readonly url: string;
  /** `NAMESPACE`, or `NAMESPACE/LABEL=VALUE,…` for a pod with labels. */
  readonly from?: string;
}

/** One of the two. */
export interface ReadCallResult {
  readonly call?: TraceCall;
  readonly trouble?: string;
}

/** Client → server: requests that the place of the cursor makes people think of, the likeliest first. */
export const likelyCallsRequest = 'istioEgress/likelyCalls';

export interface LikelyCallsParams {
  readonly uri: string;
  readonly position?: PlainPosition;
}

export interface LikelyCalls {
  readonly calls: readonly { readonly url: string; readonly call: TraceCall }[];
  /** What clients may be in, the likeliest first. */
  readonly namespaces: readonly string[];
}

/** Client → server: which nodes and edges of the graph a way of a request passes; answered like a place. */
export const graphWayRequest = 'istioEgress/graphWay';

export interface GraphWayParams extends GraphParams {
  readonly call: TraceCall;
  /** Which of the paths of the trace. */
  readonly way: number;
}

/** Extension → page of a trace. */
export type ToTracePage =
  | { readonly type: 'trace'; readonly params: TraceParams; readonly result: TraceResult }
  | { readonly type: 'trouble'; readonly message: string; readonly params?: TraceParams };

/** Page of a trace → extension. */
export type FromTracePage =
  | { readonly type: 'ask'; readonly params?: TraceParams }
  | { readonly type: 'reveal'; readonly place: PlainPlace }
  | { readonly type: 'show-in-graph'; readonly way: number }
  | { readonly type: 'other-request' };
