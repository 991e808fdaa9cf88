import { groupBy } from '../text/collections';
import { edgeId, type Graph, type GraphEdge, type GraphNode, worse } from './graph';

/** A lane with fewer nodes is legible as it is. */
const crowded = 15;
/** Fewer alike are quicker to see than to unfold. */
const fewest = 4;
/** What is wrong deserves a place of its own, as long as there are places. */
const fewestWrong = 12;

/**
 * Joins the nodes of crowded lanes that differ in nothing but their name: whose ways come from and lead to the same
 * kinds of places in the same states. `expanded` names groups that someone has opened.
 */
export function group(graph: Graph, expanded: ReadonlySet<string> = new Set()): Graph {
  const classes = classesOf(graph);
  const isWrong = new Set(graph.edges.flatMap((it) => (it.state === 'ok' ? [] : [it.from, it.to])));
  const groupOf = new Map<string, string>();
  const groups: GraphNode[] = [];
  for (const kind of ['route', 'host'] as const) {
    const lane = graph.nodes.filter((it) => it.kind === kind);
    const alike = groupBy(lane, (it) => classes.get(it.id)!);
    for (const members of lane.length < crowded ? [] : alike.values()) {
      const least = members.some((it) => isWrong.has(it.id)) ? fewestWrong : fewest;
      const node = members.length >= least ? joined(members) : undefined;
      if (node && !expanded.has(node.id)) {
        groups.push(node);
        members.forEach((it) => void groupOf.set(it.id, node.id));
      }
    }
  }
  if (groups.length === 0) {
    return graph;
  }
  return {
    nodes: [...graph.nodes.filter((it) => !groupOf.has(it.id)), ...groups],
    edges: joinEdges(graph.edges, (id) => groupOf.get(id) ?? id),
  };
}

/**
 * Refines "same lane" by the neighbours' classes until nothing splits any more. Clients and gateways are few and
 * each stands for itself.
 */
function classesOf({ nodes, edges }: Graph): ReadonlyMap<string, string> {
  let classes = new Map(
    nodes.map(({ id, kind, detail }) => [
      id,
      kind === 'client' || kind === 'gateway' ? id : `${kind} ${detail}`,
    ]),
  );
  for (let round = 0; round < 4; round++) {
    const seen = new Map<string, Set<string>>(nodes.map(({ id }) => [id, new Set()]));
    for (const { from, to, state } of edges) {
      seen.get(from)?.add(`> ${state} ${classes.get(to)}`);
      seen.get(to)?.add(`< ${state} ${classes.get(from)}`);
    }
    const names = new Map<string, string>();
    const next = new Map<string, string>();
    for (const { id } of nodes) {
      const signature = [classes.get(id), ...[...seen.get(id)!].sort()].join('\n');
      if (!names.has(signature)) {
        names.set(signature, `class ${names.size}`);
      }
      next.set(id, names.get(signature)!);
    }
    if (names.size === new Set(classes.values()).size) {
      break;
    }
    classes = next;
  }
  return classes;
}

function joined(members: readonly GraphNode[]): GraphNode {
  const sorted = [...members].sort((a, b) => (a.label < b.label ? -1 : 1));
  const [first, second] = [sorted[0]!, sorted[1]!];
  return {
    id: `group ${first.id}`,
    kind: first.kind,
    label: `${members.length} ${first.kind}s`,
    detail: `${first.label}, ${second.label}, …`,
    members: sorted.map((it) => it.id),
  };
}

function joinEdges(edges: readonly GraphEdge[], of: (id: string) => string): readonly GraphEdge[] {
  const ends = groupBy(edges, (it) => edgeId(of(it.from), of(it.to)));
  return [...ends].map(([id, list]): GraphEdge => {
    const first = list[0]!;
    const state = list.reduce((worst, it) => worse(worst, it.state), first.state);
    const telling = list.find((it) => it.state === state)!;
    return {
      ...telling,
      id,
      from: of(first.from),
      to: of(first.to),
      requests: [...new Set(list.flatMap((it) => it.requests))],
      findings: [...new Set(list.flatMap((it) => it.findings))],
      places: list.flatMap((it) => it.places),
    };
  });
}
