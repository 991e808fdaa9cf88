import { columnsOf, type Item, itemHeight, passageId } from './columns';
import type { Graph, GraphEdge, GraphNode, NodeKind } from './graph';

/** A graph with places, in units of CSS pixels. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly PlacedLane[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** A column of the picture, for its heading. */
export interface PlacedLane {
  readonly kind: NodeKind;
  readonly x: number;
  readonly width: number;
}

export interface PlacedNode extends GraphNode {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedEdge extends GraphEdge {
  /** From the border of one node to the border of the other; in between, the passages past other lanes. */
  readonly points: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const size = { width: 220, gapX: 110, gapY: 16, margin: 20 };
const left = (lane: number): number => size.margin + lane * (size.width + size.gapX);

/**
 * Places nodes in lanes. An edge that goes past a lane gets a passage between its nodes, so that it never hides
 * behind one. The same graph always gives the same picture.
 */
export function layout(graph: Graph): Layout {
  const columns = columnsOf(graph);
  const centres = place(columns);
  const items = columns.flat();
  const bottom = Math.max(0, ...items.map((it) => centres.get(it.id)! + it.height / 2));
  return {
    width: left(columns.length) - (columns.length > 0 ? size.gapX : 0) + size.margin,
    height: Math.round(bottom + size.margin),
    lanes: columns.map((column, lane) => {
      return { kind: column.find((it) => it.node)!.node!.kind, x: left(lane), width: size.width };
    }),
    nodes: columns.flatMap((column, lane) => column.flatMap((it) => placedNode(it, lane, centres))),
    edges: placedEdges(graph, columns, centres),
  };
}

function placedNode({ node }: Item, lane: number, centres: ReadonlyMap<string, number>): PlacedNode[] {
  if (!node) {
    return [];
  }
  const y = centres.get(node.id)! - itemHeight.node / 2;
  return [{ ...node, x: left(lane), y, width: size.width, height: itemHeight.node }];
}

function placedEdges(
  { edges }: Graph,
  columns: readonly (readonly Item[])[],
  centres: ReadonlyMap<string, number>,
): PlacedEdge[] {
  const laneOf = new Map(columns.flatMap((column, lane) => column.map((it) => [it.id, lane] as const)));
  return edges.map((edge) => {
    const [start, end] = [laneOf.get(edge.from)!, laneOf.get(edge.to)!];
    const points: Point[] = [{ x: left(start) + size.width, y: centres.get(edge.from)! }];
    for (let lane = start + 1; lane < end; lane++) {
      const y = centres.get(passageId(edge.id, lane))!;
      points.push({ x: left(lane), y }, { x: left(lane) + size.width, y });
    }
    const back = end <= start;
    points.push({ x: left(end) + (back ? size.width : 0), y: centres.get(edge.to)! });
    return { ...edge, points };
  });
}

/** The middle of every item from above: near what it is tied to, without touching its neighbours in the lane. */
function place(columns: readonly (readonly Item[])[]): ReadonlyMap<string, number> {
  const centres = new Map<string, number>();
  for (const column of columns) {
    let top = 0;
    for (const { id, height } of column) {
      centres.set(id, top + height / 2);
      top += height + size.gapY;
    }
  }
  for (let round = 0; round < 6; round++) {
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      spread(column, centres);
    }
  }
  const top = Math.min(...columns.flat().map((it) => centres.get(it.id)! - it.height / 2));
  return new Map([...centres].map(([id, centre]) => [id, Math.round(centre - top + size.margin)]));
}

/** Of two placements that keep the distances, pushed down and pushed up, the mean keeps them too. */
function spread(column: readonly Item[], centres: Map<string, number>): void {
  const wanted = column.map(({ id, ties }) => {
    const places = ties.map((it) => centres.get(it)!);
    return places.length > 0 ? places.reduce((sum, it) => sum + it, 0) / places.length : centres.get(id)!;
  });
  const apart = (index: number): number =>
    (column[index]!.height + column[index + 1]!.height) / 2 + size.gapY;
  const down = [...wanted];
  for (let index = 1; index < down.length; index++) {
    down[index] = Math.max(down[index]!, down[index - 1]! + apart(index - 1));
  }
  const up = [...wanted];
  for (let index = up.length - 2; index >= 0; index--) {
    up[index] = Math.min(up[index]!, up[index + 1]! - apart(index));
  }
  column.forEach(({ id }, index) => void centres.set(id, (down[index]! + up[index]!) / 2));
}
