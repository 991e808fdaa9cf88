import type { Origin } from '../mesh/origin';
import type { Finding } from '../model/finding';

/** Where requests start, what decides about them, what they pass, where they end: the four lanes of the picture. */
export type NodeKind = 'client' | 'route' | 'gateway' | 'host';

/** What becomes of requests along an edge. `direct` ways of hosts nobody sends to a gateway are `ok`. */
export type EdgeState = 'ok' | 'bypass' | 'blocked' | 'broken' | 'not-evaluated';

export interface GraphNode {
  /** The same as long as the node means the same. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** A second line: ports of a host, the Gateways of a gateway. */
  readonly detail: string;
  /** Where to go from here; a client has no place of its own. */
  readonly origin?: Origin;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly state: EdgeState;
  /** Why it is not as it should be. Present for every state but `ok`. */
  readonly reason?: string;
  /** `host:port` of the requests that go here. */
  readonly requests: readonly string[];
  readonly origin?: Origin;
  readonly findings: readonly Finding[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** The worse of two states is shown: a picture that hides a break is worse than none. */
const severity: { readonly [state in EdgeState]: number } = {
  ok: 0,
  'not-evaluated': 1,
  blocked: 2,
  bypass: 3,
  broken: 4,
};

export function worse(a: EdgeState, b: EdgeState): EdgeState {
  return severity[b] > severity[a] ? b : a;
}
