import type { Origin } from '../mesh/origin';
import type { Finding } from '../model/finding';

/** Where requests start, what decides about them, what they pass, where they end: the four lanes of the picture. */
export type NodeKind = 'client' | 'route' | 'gateway' | 'host';

export const lanes: readonly NodeKind[] = ['client', 'route', 'gateway', 'host'];

/** What becomes of requests along an edge. `direct` ways of hosts nobody sends to a gateway are `ok`. */
export type EdgeState = 'ok' | 'bypass' | 'blocked' | 'broken' | 'not-evaluated';

export interface GraphNode {
  /** The same as long as the node means the same. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  /** A second line: ports of a host, the kind of a route. */
  readonly detail: string;
  /** Where to go from here; a client has no place of its own. */
  readonly origin?: Origin;
  /** Of a node that stands for several alike: their ids. */
  readonly members?: readonly string[];
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly state: EdgeState;
  /** Why it is not as it should be. Present for every state but `ok`. */
  readonly reason?: string;
  /** `host:port` of the requests that go here. */
  readonly requests: readonly string[];
  /** Where to go from here: the most telling of {@link places}. */
  readonly origin?: Origin;
  readonly findings: readonly Finding[];
  /** Everything in the configuration that takes part in this edge. */
  readonly places: readonly Origin[];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** A finding and where it stands: its own place first, then the other sides of the contradiction. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly places: readonly Origin[];
}

export const edgeId = (from: string, to: string): string => `${from} → ${to}`;

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

/** Whether one place lies within the other. */
export function touches(a: Origin, b: Origin): boolean {
  const length = Math.min(a.path.length, b.path.length);
  return isSameObject(a, b) && a.path.slice(0, length).every((step, index) => step === b.path[index]);
}

/** A List holds several objects in one document. */
function isSameObject(a: Origin, b: Origin): boolean {
  return a.resource.slot === b.resource.slot && a.resource.base.join('\n') === b.resource.base.join('\n');
}
