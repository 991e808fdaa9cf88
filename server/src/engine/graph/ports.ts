import { groupBy } from '../text/collections';
import type { GraphEdge } from './graph';
import type { Point } from './point';

/** Lines that meet at a node stay this far apart, as long as the node has room for it. */
const apart = 16;

/**
 * How far from the middle of its nodes each edge leaves and arrives, so that lines and what they end in do not cover
 * each other. Neighbours are in the order in which they come from elsewhere.
 */
export function portsOf(
  ways: readonly { readonly edge: GraphEdge; readonly points: readonly Point[] }[],
  room: number,
): ReadonlyMap<string, { readonly start: number; readonly end: number }> {
  const starts = offsets(
    ways,
    (it) => it.edge.from,
    (points) => points[1]!,
    room,
  );
  const ends = offsets(
    ways,
    (it) => it.edge.to,
    (points) => points.at(-2)!,
    room,
  );
  return new Map(ways.map(({ edge: { id } }) => [id, { start: starts.get(id)!, end: ends.get(id)! }]));
}

function offsets(
  ways: Parameters<typeof portsOf>[0],
  node: (way: Parameters<typeof portsOf>[0][number]) => string,
  next: (points: readonly Point[]) => Point,
  room: number,
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const own of groupBy(ways, node).values()) {
    const sorted = own.sort(
      (a, b) => next(a.points).y - next(b.points).y || (a.edge.id < b.edge.id ? -1 : 1),
    );
    const step = Math.min(apart, room / Math.max(1, own.length - 1));
    sorted.forEach(({ edge }, index) => {
      found.set(edge.id, Math.round((index - (own.length - 1) / 2) * step));
    });
  }
  return found;
}
