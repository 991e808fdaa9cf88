import { columnsOf, type Item, itemHeight, passageId } from './columns';
import type { Graph, GraphEdge, GraphNode, NodeKind } from './graph';
import type { Point } from './point';
import { portsOf } from './ports';

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

const size = { gap: 14, margin: 12 };

/** Names of hosts are long, those of namespaces short. */
const widths: { readonly [kind in NodeKind]: number } = { client: 140, route: 188, gateway: 176, host: 208 };

/** Edges arrive at a host level over this length: there stands what became of the requests. */
const runIn = 92;

const gapBefore = (kind: NodeKind): number => 64 + (kind === 'host' ? runIn : 0);

/**
 * Places nodes in lanes. An edge that goes past a lane gets a passage between its nodes, so that it never hides
 * behind one. The same graph always gives the same picture.
 */
export function layout(graph: Graph): Layout {
  const columns = columnsOf(graph);
  const centres = place(columns);
  const lanes = lanesOf(columns);
  const items = columns.flat();
  const bottom = Math.max(0, ...items.map((it) => centres.get(it.id)! + it.height / 2));
  const last = lanes.at(-1);
  return {
    width: (last ? last.x + last.width : size.margin) + size.margin,
    height: Math.round(bottom + size.margin),
    lanes,
    nodes: columns.flatMap((column, lane) => column.flatMap((it) => placedNode(it, lanes[lane]!, centres))),
    edges: placedEdges(graph, columns, lanes, centres),
  };
}

function lanesOf(columns: readonly (readonly Item[])[]): readonly PlacedLane[] {
  let x = size.margin;
  return columns.map((column, index): PlacedLane => {
    const { kind } = column.find((it) => it.node)!.node!;
    const left = x + (index > 0 ? gapBefore(kind) : 0);
    x = left + widths[kind];
    return { kind, x: left, width: widths[kind] };
  });
}

function placedNode(
  { node }: Item,
  { x, width }: PlacedLane,
  centres: ReadonlyMap<string, number>,
): PlacedNode[] {
  if (!node) {
    return [];
  }
  const y = centres.get(node.id)! - itemHeight.node / 2;
  return [{ ...node, x, y, width, height: itemHeight.node }];
}

function placedEdges(
  { edges }: Graph,
  columns: readonly (readonly Item[])[],
  lanes: readonly PlacedLane[],
  centres: ReadonlyMap<string, number>,
): PlacedEdge[] {
  const laneOf = new Map(columns.flatMap((column, lane) => column.map((it) => [it.id, lane] as const)));
  const ways = edges.map((edge) => {
    const [start, end] = [laneOf.get(edge.from)!, laneOf.get(edge.to)!];
    return {
      edge,
      into: lanes[end]!,
      isBack: end <= start,
      points: pointsOf(edge, start, end, lanes, centres),
    };
  });
  const ports = portsOf(ways, itemHeight.node - 12);
  return ways.map(({ edge, into, isBack, points }) => {
    const { start, end } = ports.get(edge.id)!;
    const [first, last] = [points[0]!, points.at(-1)!];
    const y = last.y + end;
    const level = into.kind === 'host' && !isBack ? [{ x: last.x - runIn, y }] : [];
    return {
      ...edge,
      points: [{ ...first, y: first.y + start }, ...points.slice(1, -1), ...level, { ...last, y }],
    };
  });
}

/** From border to border, level past every lane in between. */
function pointsOf(
  { id, from, to }: GraphEdge,
  start: number,
  end: number,
  lanes: readonly PlacedLane[],
  centres: ReadonlyMap<string, number>,
): readonly Point[] {
  const right = (lane: number): number => lanes[lane]!.x + lanes[lane]!.width;
  const points: Point[] = [{ x: right(start), y: centres.get(from)! }];
  for (let lane = start + 1; lane < end; lane++) {
    const y = centres.get(passageId(id, lane))!;
    points.push({ x: lanes[lane]!.x, y }, { x: right(lane), y });
  }
  // An edge to a node of the same lane arrives on the side it left from.
  points.push({ x: end <= start ? right(end) : lanes[end]!.x, y: centres.get(to)! });
  return points;
}

/** The middle of every item from above: near what it is tied to, without touching its neighbours in the lane. */
function place(columns: readonly (readonly Item[])[]): ReadonlyMap<string, number> {
  const centres = new Map<string, number>();
  for (const column of columns) {
    let top = 0;
    for (const { id, height } of column) {
      centres.set(id, top + height / 2);
      top += height + size.gap;
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
  const apart = (index: number): number => (column[index]!.height + column[index + 1]!.height) / 2 + size.gap;
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
