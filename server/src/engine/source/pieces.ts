import { type ReadContext, readDocument } from './read-document';
import type { Place, Slot, SourceDocument, SourceEntry } from './source';

/** A piece of text that holds one document, not read yet. */
export interface Piece {
  readonly text: string;
  /** Context and text, a bar between them: pieces with equal keys are read alike. */
  readonly key: string;
  readonly context: ReadContext;
  readonly escaped: readonly number[];
  readonly place: Place;
}

/** A piece of one version of a file, kept for the next. Without an entry it was empty. */
export interface ReadPiece {
  readonly key: string;
  /** Where it starts in the file, and its length there; only the plain form asks for it. */
  readonly start: number;
  readonly length: number;
  readonly entry: SourceEntry | undefined;
}

/**
 * Reads the pieces of a new version. What is unchanged keeps its document and slot wherever it moved; what
 * changed keeps its slot in order, so the i-th changed document of before is the i-th changed one of now.
 */
export function readPieces(before: readonly ReadPiece[], now: readonly Piece[]): ReadPiece[] {
  const isFirst = before.length === 0;
  const kept = isFirst ? [] : matchUnchanged(before, now);
  const slots = isFirst ? () => undefined : matchChanged(before, now, kept);
  return now.map((piece, index) => {
    const same = kept[index];
    if (same) {
      return read(piece, same.entry?.slot, same.entry?.document);
    }
    const document = readDocument(piece.text, piece.context, piece.escaped);
    return read(piece, document && (slots(index) ?? newSlot()), document);
  });
}

function read(piece: Piece, slot: Slot | undefined, document: SourceDocument | undefined): ReadPiece {
  const { key, text, place } = piece;
  const entry = slot && document ? { slot, place, document } : undefined;
  return { key, start: place.toFile(0), length: text.length, entry };
}

/** For each new piece the old one with the same key. Equal runs at both ends go first: they are where they were. */
function matchUnchanged(before: readonly ReadPiece[], now: readonly Piece[]): (ReadPiece | undefined)[] {
  const matches = new Array<ReadPiece | undefined>(now.length).fill(undefined);
  const shorter = Math.min(before.length, now.length);
  let head = 0;
  while (head < shorter && before[head]!.key === now[head]!.key) {
    matches[head] = before[head];
    head++;
  }
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail)!.key === now.at(-1 - tail)!.key) {
    matches[now.length - 1 - tail] = before.at(-1 - tail);
    tail++;
  }
  const middle = new Map<string, ReadPiece[]>();
  for (const piece of before.slice(head, before.length - tail)) {
    const equal = middle.get(piece.key);
    if (equal) {
      equal.push(piece);
    } else {
      middle.set(piece.key, [piece]);
    }
  }
  for (let index = head; index < now.length - tail; index++) {
    matches[index] = middle.get(now[index]!.key)?.shift();
  }
  return matches;
}

/**
 * The slots for changed pieces. The first document of a file needs no `---`, so what is put above it makes it look
 * changed: a piece that differs in nothing but what is in front of its content is still the same one.
 */
function matchChanged(
  before: readonly ReadPiece[],
  now: readonly Piece[],
  kept: readonly (ReadPiece | undefined)[],
): (index: number) => Slot | undefined {
  const taken = new Set(kept);
  const free = before.filter((piece) => piece.entry && !taken.has(piece));
  const byContent = new Map(free.map((piece) => [contentOf(piece.key), piece]));
  const moved = new Map<number, ReadPiece>();
  for (const [index, { key }] of now.entries()) {
    const content = kept[index] || byContent.size === 0 ? undefined : contentOf(key);
    const same = content === undefined ? undefined : byContent.get(content);
    if (same && content !== undefined) {
      byContent.delete(content);
      moved.set(index, same);
    }
  }
  const used = new Set(moved.values());
  const inOrder = free.filter((piece) => !used.has(piece));
  return (index) => (moved.get(index) ?? inOrder.shift())?.entry?.slot;
}

function contentOf(key: string): string {
  const start = key.indexOf('|') + 1;
  const lead = /^(?:(?:---)?[ \t]*(?:#.*)?\r?\n)*/.exec(key.slice(start))![0];
  return key.slice(start + lead.length);
}

/** The only state of this folder. An id has to differ from every other one of the process, and means nothing else. */
const newSlot = ((): (() => Slot) => {
  let id = 0;
  return () => ({ id: ++id });
})();
