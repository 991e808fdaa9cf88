import type { Graph, GraphEdge, GraphNode, NodeKind } from './graph';

/** A graph with places, in units of CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly GraphEdge[];
}

export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const lanes: readonly NodeKind[] = ['client', 'route', 'gateway', 'host'];
const size = { width: 220, height: 44, gapX: 90, gapY: 14, margin: 20 };

/**
 * Places nodes in four lanes. The order within a lane follows the neighbours in the other lanes, a few rounds from
 * left to right and back, which keeps most edges from crossing. The same graph always gives the same picture.
 */
export function layout(graph: Graph): Layout {
  const columns = lanes
    .map((kind) => graph.nodes.filter((it) => it.kind === kind).sort((a, b) => (a.label < b.label ? -1 : 1)))
    .filter((column) => column.length > 0);
  const neighbours = neighboursOf(graph);
  for (let round = 0; round < 4; round++) {
    const order = round % 2 === 0 ? columns.slice(1) : columns.slice(0, -1).reverse();
    const rank = new Map<string, number>();
    const remember = (column: readonly GraphNode[]): void => {
      column.forEach((it, index) => void rank.set(it.id, index / Math.max(1, column.length - 1)));
    };
    columns.forEach(remember);
    for (const column of order) {
      const weight = new Map(column.map((it) => [it.id, barycentre(it, neighbours, rank)]));
      column.sort((a, b) => weight.get(a.id)! - weight.get(b.id)! || (a.label < b.label ? -1 : 1));
      remember(column);
    }
  }
  const tallest = Math.max(0, ...columns.map((it) => it.length));
  const height = tallest * (size.height + size.gapY) + 2 * size.margin;
  const nodes = columns.flatMap((column, lane) => placeColumn(column, lane, height));
  const width = columns.length * (size.width + size.gapX) - size.gapX + 2 * size.margin;
  return { width: Math.max(width, 2 * size.margin), height, nodes, edges: graph.edges };
}

function placeColumn(column: readonly GraphNode[], lane: number, height: number): PlacedNode[] {
  const step = Math.max(size.height + size.gapY, (height - 2 * size.margin) / Math.max(1, column.length));
  const top = (height - step * column.length) / 2 + (step - size.height) / 2;
  return column.map((node, index) => ({
    ...node,
    x: size.margin + lane * (size.width + size.gapX),
    y: Math.round(top + index * step),
    width: size.width,
    height: size.height,
  }));
}

function neighboursOf({ edges }: Graph): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    const list = found.get(from);
    if (list) {
      list.push(to);
    } else {
      found.set(from, [to]);
    }
  };
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return found;
}

/** The middle of where a node's neighbours are; a node without any stays where it is. */
function barycentre(
  node: GraphNode,
  neighbours: ReadonlyMap<string, readonly string[]>,
  rank: ReadonlyMap<string, number>,
): number {
  const places = (neighbours.get(node.id) ?? []).flatMap((it) => rank.get(it) ?? []);
  return places.length > 0
    ? places.reduce((sum, it) => sum + it, 0) / places.length
    : (rank.get(node.id) ?? 0);
}
