import type { Origin } from '../mesh/origin';
import type { Finding } from '../model/finding';
import { type EdgeState, type Graph, type GraphEdge, type GraphNode, worse } from './graph';

interface DraftEdge {
  readonly from: string;
  readonly to: string;
  state: EdgeState;
  reason: string | undefined;
  origin: Origin | undefined;
  readonly requests: Set<string>;
  readonly findings: Set<Finding>;
  /** Every place that takes part in the edge, so that findings can be put onto it. */
  readonly places: Origin[];
}

/** Collects nodes and edges; what is added twice is joined. */
export class GraphBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #details = new Map<string, Set<string>>();
  readonly #edges = new Map<string, DraftEdge>();

  node(node: Omit<GraphNode, 'detail'>, detail = ''): string {
    if (!this.#nodes.has(node.id)) {
      this.#nodes.set(node.id, { ...node, detail: '' });
      this.#details.set(node.id, new Set());
    }
    if (detail !== '') {
      this.#details.get(node.id)!.add(detail);
    }
    return node.id;
  }

  edge(
    from: string,
    to: string,
    it: {
      readonly state: EdgeState;
      readonly reason?: string;
      readonly request?: string;
      readonly places: readonly Origin[];
    },
  ): void {
    const edge = this.#edge(from, to);
    const state = worse(edge.state, it.state);
    if (state !== edge.state || edge.reason === undefined) {
      edge.reason = it.reason ?? edge.reason;
    }
    edge.state = state;
    edge.origin ??= it.places[0];
    edge.places.push(...it.places);
    if (it.request !== undefined) {
      edge.requests.add(it.request);
    }
  }

  /** Puts a finding onto every edge that a place of it takes part in. False when there is none. */
  attach(finding: Finding, places: readonly Origin[], state: EdgeState): boolean {
    const touched = [...this.#edges.values()].filter((edge) =>
      edge.places.some((place) => places.some((it) => touches(place, it))),
    );
    for (const edge of touched) {
      edge.findings.add(finding);
      if (worse(edge.state, state) !== edge.state || edge.state === state) {
        edge.state = state;
        edge.reason = finding.message;
        edge.origin = places[0] ?? edge.origin;
      }
    }
    return touched.length > 0;
  }

  build(): Graph {
    return {
      nodes: [...this.#nodes.values()].map((it) => ({
        ...it,
        detail: [...this.#details.get(it.id)!].join(', '),
      })),
      edges: [...this.#edges.values()].map(({ places: _places, ...edge }): GraphEdge => {
        const { origin, reason, ...rest } = edge;
        return {
          ...rest,
          requests: [...edge.requests],
          findings: [...edge.findings],
          ...(reason !== undefined && edge.state !== 'ok' && { reason }),
          ...(origin && { origin }),
        };
      }),
    };
  }

  #edge(from: string, to: string): DraftEdge {
    const key = `${from}\n${to}`;
    let edge = this.#edges.get(key);
    if (!edge) {
      edge = {
        from,
        to,
        state: 'ok',
        reason: undefined,
        origin: undefined,
        requests: new Set(),
        findings: new Set(),
        places: [],
      };
      this.#edges.set(key, edge);
    }
    return edge;
  }
}

/** Whether one place lies within the other. */
function touches(a: Origin, b: Origin): boolean {
  const length = Math.min(a.path.length, b.path.length);
  return (
    a.resource.slot === b.resource.slot &&
    a.path.slice(0, length).join('\n') === b.path.slice(0, length).join('\n')
  );
}
