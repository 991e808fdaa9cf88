import type { Graph, GraphEdge } from './graph';

/**
 * The part of a graph that speaks of what someone looks for: the ways, from end to end, through nodes whose name
 * holds the text, and through edges whose state or requests do.
 */
export function select(graph: Graph, text: string): Graph {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') {
    return graph;
  }
  const holds = (it: string): boolean => it.toLowerCase().includes(wanted);
  const hits = new Set(graph.nodes.filter((it) => holds(it.label)).map((it) => it.id));
  const start = graph.edges.filter(
    ({ from, to, state, requests }) =>
      hits.has(from) || hits.has(to) || state.startsWith(wanted) || requests.some(holds),
  );
  const requests = requestsMeant(graph, hits, start);
  const kept = graph.edges.filter(
    (it) => start.includes(it) || (requests && it.requests.some((own) => requests.has(own))),
  );
  const ends = new Set(kept.flatMap(({ from, to }) => [from, to]));
  return { nodes: graph.nodes.filter((it) => hits.has(it.id) || ends.has(it.id)), edges: kept };
}

/** The requests whose whole way is shown; clients and gateways carry too many to say which are meant. */
function requestsMeant(
  { nodes }: Graph,
  hits: ReadonlySet<string>,
  start: readonly GraphEdge[],
): ReadonlySet<string> | undefined {
  const kinds = new Map(nodes.map((it) => [it.id, it.kind]));
  const isPrecise = ({ from, to, state }: GraphEdge): boolean =>
    state !== 'ok' || hits.size === 0 || [from, to].some((it) => hits.has(it) && kinds.get(it) !== 'client');
  return new Set(start.filter(isPrecise).flatMap((it) => it.requests));
}
