import { overlaps, type Span } from '../text/span';
import type { SourceDocument } from './source';

/** Whether any part of `span` is filled in before the cluster sees it. */
export function isHole(document: SourceDocument, span: Span): boolean {
  const { holes } = document;
  // Holes are in order and apart from each other: the first one that does not end before the span decides.
  let low = 0;
  let high = holes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holes[middle]!.end < span.start) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  // One that merely touches the start may hide a second one that overlaps.
  return holes.slice(low, low + 2).some((hole) => overlaps(hole, span));
}
