import type { Point } from './point';

/** The line of an edge as SVG path data: level where it leaves and arrives, and straight past other lanes. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) {
    return '';
  }
  let from = first;
  const parts = rest.map((to): string => {
    const start = from;
    from = to;
    return segment(start, to);
  });
  return `M${first.x} ${first.y}${parts.join('')}`;
}

function segment(start: Point, end: Point): string {
  if (start.y === end.y && start.x !== end.x) {
    return `H${end.x}`;
  }
  // An edge to a node of the same lane leaves and arrives on the same side.
  const bend = start.x === end.x ? start.x + 60 : (start.x + end.x) / 2;
  return `C${bend} ${start.y} ${bend} ${end.y} ${end.x} ${end.y}`;
}
