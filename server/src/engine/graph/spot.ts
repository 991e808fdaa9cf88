import type { Slot } from '../source/source';
import type { Path } from '../yaml/node';
import { edgeId, type Graph } from './graph';

/** What of a graph stands at a place of a document. */
export interface GraphSpot {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
}

/**
 * The nodes and edges that belong to a place, which is a path from the document's root: those that are written
 * nearest to it. A document that is no node itself, such as a DestinationRule, is found by its edges.
 */
export function spotIn({ nodes, edges }: Graph, slot: Slot, path: Path): GraphSpot {
  const depth = (place: Graph['nodes'][number]['origin']): number => {
    if (place?.resource.slot !== slot) {
      return -1;
    }
    const { base } = place.resource;
    const full = [...base, ...place.path];
    const common = full.findIndex((step, index) => step !== path[index]);
    const shared = common < 0 ? full.length : common;
    return shared >= base.length ? shared : -1;
  };
  const byNode = nodes.map((it) => ({ id: it.id, depth: depth(it.origin) }));
  const byEdge = edges.map((it) => ({ id: it.id, depth: Math.max(-1, ...it.places.map(depth)) }));
  const deepest = Math.max(...[...byNode, ...byEdge].map((it) => it.depth), -1);
  if (deepest < 0) {
    return { nodes: [], edges: [] };
  }
  const own = byNode.filter((it) => it.depth >= 0);
  const nearest = Math.max(-1, ...own.map((it) => it.depth));
  return {
    nodes: own.filter((it) => it.depth === nearest).map((it) => it.id),
    edges: byEdge.filter((it) => it.depth === deepest).map((it) => it.id),
  };
}

/** The same spot where groups stand for nodes. */
export function spotInGroups({ nodes, edges }: GraphSpot, whole: Graph, grouped: Graph): GraphSpot {
  const groupOf = new Map(
    grouped.nodes.flatMap(({ id, members = [] }) => members.map((it) => [it, id] as const)),
  );
  const shown = (id: string): string => groupOf.get(id) ?? id;
  const own = new Set(edges);
  return {
    nodes: [...new Set(nodes.map(shown))],
    edges: [
      ...new Set(
        whole.edges.filter((it) => own.has(it.id)).map(({ from, to }) => edgeId(shown(from), shown(to))),
      ),
    ],
  };
}
