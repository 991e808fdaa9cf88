import { type Origin, sameResource } from '../mesh/origin';
import type { Finding } from '../model/finding';
import { type EdgeState, edgeId, type Graph, type GraphEdge, type GraphNode, touches, worse } from './graph';

export interface DraftEdge {
  readonly from: string;
  readonly to: string;
  state: EdgeState;
  reason: string | undefined;
  origin: Origin | undefined;
  readonly requests: Set<string>;
  readonly findings: Set<Finding>;
  readonly places: Origin[];
}

export interface NewEdge {
  readonly state: EdgeState;
  /** Wanted for every state but `ok`. */
  readonly reason?: string;
  readonly request?: string;
  readonly places: readonly Origin[];
}

/** Collects nodes and edges; what is added twice is joined. */
export class GraphBuilder {
  readonly #nodes = new Map<string, Omit<GraphNode, 'detail'>>();
  readonly #details = new Map<string, Set<string>>();
  readonly #edges = new Map<string, DraftEdge>();

  node(node: Omit<GraphNode, 'detail'>, detail = ''): string {
    if (!this.#nodes.has(node.id)) {
      this.#nodes.set(node.id, node);
      this.#details.set(node.id, new Set());
    }
    if (detail !== '') {
      this.#details.get(node.id)!.add(detail);
    }
    return node.id;
  }

  edge(from: string, to: string, { state, reason, request, places }: NewEdge): DraftEdge {
    const edge = this.#edge(from, to);
    if (worse(edge.state, state) !== edge.state) {
      edge.state = state;
      edge.reason = reason;
      edge.origin = places[0];
    }
    edge.origin ??= places[0];
    for (const place of places) {
      if (
        !edge.places.some(
          (it) => sameResource(it.resource, place.resource) && it.path.join() === place.path.join(),
        )
      ) {
        edge.places.push(place);
      }
    }
    if (request !== undefined) {
      edge.requests.add(request);
    }
    return edge;
  }

  /** The edges that one of the places takes part in. */
  touching(places: readonly Origin[]): readonly DraftEdge[] {
    return [...this.#edges.values()].filter((edge) =>
      edge.places.some((place) => places.some((it) => touches(place, it))),
    );
  }

  edgesTo(node: string): readonly DraftEdge[] {
    return [...this.#edges.values()].filter((edge) => edge.to === node);
  }

  build(): Graph {
    return {
      nodes: [...this.#nodes.values()].map((it) => ({
        ...it,
        detail: [...this.#details.get(it.id)!].join(', '),
      })),
      edges: [...this.#edges.values()].map(finished),
    };
  }

  #edge(from: string, to: string): DraftEdge {
    const key = edgeId(from, to);
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

function finished({ origin, reason, requests, findings, ...edge }: DraftEdge): GraphEdge {
  return {
    id: edgeId(edge.from, edge.to),
    ...edge,
    requests: [...requests],
    findings: [...findings],
    ...(reason !== undefined && edge.state !== 'ok' && { reason }),
    ...(origin && { origin }),
  };
}
