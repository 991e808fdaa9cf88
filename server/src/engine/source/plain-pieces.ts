import { type Chunk, splitDocuments } from '../yaml/chunks';
import { type Piece, type ReadPiece, readPieces } from './pieces';
import { PlainPlace } from './source-map';

/** A version of a YAML file as its next version needs it. */
export interface PlainVersion {
  readonly text: string;
  readonly pieces: readonly ReadPiece[];
}

/**
 * Reads the documents of a YAML file. With a version before it, only what lies between their first and their last
 * difference is split and compared, so a keystroke in a file of thousands of documents costs one document.
 */
export function readPlain(
  text: string,
  toPiece: (chunk: Chunk) => Piece,
  before: PlainVersion | undefined,
): readonly ReadPiece[] {
  const change = before && findChange(before, text);
  if (!change) {
    return readPieces(before?.pieces ?? [], splitDocuments(text).map(toPiece));
  }
  const { pieces } = before;
  const { head, tail, chunks } = change;
  const by = text.length - before.text.length;
  const middle = readPieces(pieces.slice(head, tail), chunks.map(toPiece));
  const behind = by === 0 ? pieces.slice(tail) : pieces.slice(tail).map((piece) => moved(piece, by));
  return [...pieces.slice(0, head), ...middle, ...behind];
}

interface Change {
  /** How many pieces in front stay where they are. */
  readonly head: number;
  /** The first piece that stays, but moves. */
  readonly tail: number;
  /** What stands between them now. */
  readonly chunks: readonly Chunk[];
}

/** Nothing when a part of the file cannot be told to be split as before. */
function findChange({ text: before, pieces }: PlainVersion, now: string): Change | undefined {
  const prefix = commonPrefix(before, now);
  const suffix = commonSuffix(before, now, prefix);
  // Where a document ends is decided by the marker behind it, so that has to be common too.
  const head = lowerBound(pieces.length, (index) => {
    const piece = pieces[index]!;
    return piece.start + piece.length + markerLength > prefix;
  });
  const tail = lowerBound(pieces.length, (index) => pieces[index]!.start >= before.length - suffix);
  const first = pieces[head];
  const stays = pieces[tail];
  if (!first || tail < head || (tail === pieces.length && head === 0)) {
    return undefined;
  }
  const start = first.start;
  if (!stays) {
    return { head, tail, chunks: splitBetween(now, start, now.length) };
  }
  // The first document that stays is split again with the others: it has to start where it did.
  const startsAt = stays.start + now.length - before.length;
  const chunks = splitBetween(now, start, startsAt + stays.length);
  const last = chunks.at(-1)!;
  return last.start === startsAt && last.text.length === stays.length
    ? { head, tail, chunks: chunks.slice(0, -1) }
    : undefined;
}

/** Longer than `---` and the white space behind it. */
const markerLength = 5;

function splitBetween(text: string, start: number, end: number): Chunk[] {
  return splitDocuments(text.slice(start, end)).map((chunk) => ({ ...chunk, start: chunk.start + start }));
}

function moved({ key, start, length, entry }: ReadPiece, by: number): ReadPiece {
  const place = new PlainPlace(start + by, length);
  return {
    key,
    start: start + by,
    length,
    entry: entry && { slot: entry.slot, place, document: entry.document },
  };
}

// Comparing slices is left to the engine, which compares memory: two milliseconds for two megabytes character by
// character, a tenth of one this way.

function commonPrefix(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  for (let step = largestStep; step >= 1; step >>= 4) {
    while (length + step <= limit && a.slice(length, length + step) === b.slice(length, length + step)) {
      length += step;
    }
  }
  return length;
}

function commonSuffix(a: string, b: string, prefix: number): number {
  const limit = Math.min(a.length, b.length) - prefix;
  let length = 0;
  for (let step = largestStep; step >= 1; step >>= 4) {
    while (
      length + step <= limit &&
      a.slice(a.length - length - step, a.length - length) ===
        b.slice(b.length - length - step, b.length - length)
    ) {
      length += step;
    }
  }
  return length;
}

const largestStep = 65_536;

/** The first index for which `holds`, given that it holds for all behind it. */
function lowerBound(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
