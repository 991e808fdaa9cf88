import type { YamlNode, YamlScalar } from './node';

/** Text of the original from `source` on stands in the result from `place` on. */
export interface Piece {
  readonly place: number;
  readonly source: number;
}

/** Moves the offsets of a tree read from a rewritten text to those of the original. */
export function restore(node: YamlNode, text: string, pieces: readonly Piece[]): void {
  const draft: { -readonly [Key in keyof YamlNode]: YamlNode[Key] } = node;
  draft.start = sourceOf(node.start, pieces);
  draft.end = sourceOf(node.end, pieces);
  if (node.type === 'map') {
    for (const { key, value } of node.pairs) {
      restore(key, text, pieces);
      restore(value, text, pieces);
    }
  } else if (node.type === 'seq') {
    for (const item of node.items) {
      restore(item, text, pieces);
    }
  } else if (node.type === 'scalar' && text[node.start] === '-') {
    // A dash alone between brackets was read in quotes.
    const scalar: { style: YamlScalar['style'] } = node as { style: YamlScalar['style'] };
    scalar.style = 'plain';
  }
}

function sourceOf(place: number, pieces: readonly Piece[]): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.place <= place) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  const { place: from, source } = pieces[low]!;
  const next = pieces[low + 1];
  return Math.min(source + place - from, next?.source ?? Number.POSITIVE_INFINITY);
}
