/**
 * A half-open range of UTF-16 offsets.
 *
 * Everything inside the engine speaks offsets. Lines and columns exist only at
 * the edges: the language server, the command line.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

export function shift(it: Span, by: number): Span {
  return { start: it.start + by, end: it.end + by };
}

/** True when the two ranges share a character, or one is empty and lies within or at the edge of the other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end && (a.start < b.end || a.start === a.end || b.start === b.end);
}

export function contains(outer: Span, offset: number): boolean {
  return outer.start <= offset && offset <= outer.end;
}
