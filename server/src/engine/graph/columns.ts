import { edgeId, type Graph, type GraphNode, lanes } from './graph';

/** Something that takes a place in a lane: a node, or the passage of an edge that goes past this lane. */
export interface Item {
  readonly id: string;
  readonly height: number;
  /** Missing for a passage. */
  readonly node?: GraphNode;
  /** Ids of what it is tied to in other lanes. */
  readonly ties: string[];
}

export const itemHeight = { node: 44, passage: 16 } as const;

export const passageId = (edge: string, lane: number): string => `${lane} ${edge}`;

/** The lanes that are in use, from left to right, in an order that keeps most edges from crossing. */
export function columnsOf(graph: Graph): readonly (readonly Item[])[] {
  const columns = itemsOf(graph);
  columns.forEach((it) => void it.sort(byName));
  const rank = new Map<string, number>();
  const remember = (column: readonly Item[]): void => {
    column.forEach((it, index) => void rank.set(it.id, (index + 0.5) / column.length));
  };
  columns.forEach(remember);
  for (let round = 0; round < 8; round++) {
    const order = round % 2 === 0 ? columns.slice(1) : columns.slice(0, -1).reverse();
    for (const column of order) {
      const weight = new Map(column.map((it) => [it.id, barycentre(it, rank)]));
      column.sort((a, b) => weight.get(a.id)! - weight.get(b.id)! || byName(a, b));
      remember(column);
    }
  }
  return columns;
}

function itemsOf({ nodes, edges }: Graph): Item[][] {
  const used = lanes.filter((kind) => nodes.some((it) => it.kind === kind));
  const columns = used.map((kind) =>
    nodes
      .filter((it) => it.kind === kind)
      .map((node): Item => ({ id: node.id, height: itemHeight.node, node, ties: [] })),
  );
  const items = new Map(columns.flat().map((it) => [it.id, it]));
  const laneOf = new Map(nodes.map((it) => [it.id, used.indexOf(it.kind)]));
  for (const { from, to } of edges) {
    const chain = [items.get(from)!];
    for (let lane = laneOf.get(from)! + 1; lane < laneOf.get(to)!; lane++) {
      const id = passageId(edgeId(from, to), lane);
      const passage: Item = { id, height: itemHeight.passage, ties: [] };
      columns[lane]!.push(passage);
      chain.push(passage);
    }
    chain.push(items.get(to)!);
    chain.slice(1).forEach((it, index) => void tie(chain[index]!, it));
  }
  return columns;
}

function tie(a: Item, b: Item): void {
  a.ties.push(b.id);
  b.ties.push(a.id);
}

/** The middle of what an item is tied to; without ties it stays where it is. */
function barycentre({ id, ties }: Item, rank: ReadonlyMap<string, number>): number {
  const places = ties.map((it) => rank.get(it)!);
  return places.length > 0 ? places.reduce((sum, it) => sum + it, 0) / places.length : rank.get(id)!;
}

function byName(a: Item, b: Item): number {
  const [first, second] = [a.node?.label ?? '', b.node?.label ?? ''];
  return first < second ? -1 : first > second ? 1 : a.id < b.id ? -1 : 1;
}
