import { applyEdits, type TextEdit } from '../text/edit';

/** A text that is edited step by step, and in the end knows what became of the original. */
export class TextDraft {
  readonly #original: string;
  #pieces: readonly Piece[];
  #text: string;

  constructor(original: string) {
    this.#original = original;
    this.#text = original;
    this.#pieces = [{ start: 0, end: original.length }];
  }

  get text(): string {
    return this.#text;
  }

  /** `edits` count in the text as it is now, and must not overlap. */
  apply(edits: readonly TextEdit[]): void {
    const backwards = edits
      .map((edit, index) => ({ edit, index }))
      .sort((a, b) => b.edit.span.start - a.edit.span.start || b.index - a.index);
    for (const { edit } of backwards) {
      const { start, end } = edit.span;
      const inserted: Piece[] = edit.insert === '' ? [] : [{ insert: edit.insert }];
      this.#pieces = [
        ...part(this.#pieces, 0, start),
        ...inserted,
        ...part(this.#pieces, end, Number.POSITIVE_INFINITY),
      ];
    }
    this.#text = applyEdits(this.#text, edits);
  }

  /** All changes as edits of the original, in order. */
  edits(): TextEdit[] {
    const edits: TextEdit[] = [];
    let from = 0;
    let insert = '';
    for (const piece of [...this.#pieces, { start: this.#original.length, end: this.#original.length }]) {
      if ('insert' in piece) {
        insert += piece.insert;
        continue;
      }
      if (insert !== '' || piece.start > from) {
        edits.push(trimmed(this.#original, { span: { start: from, end: piece.start }, insert }));
        insert = '';
      }
      from = piece.end;
    }
    return edits.filter(({ span, insert: text }) => text !== '' || span.end > span.start);
  }
}

/** Characters kept from the original, or written anew. */
type Piece = { readonly start: number; readonly end: number } | { readonly insert: string };

function lengthOf(piece: Piece): number {
  return 'insert' in piece ? piece.insert.length : piece.end - piece.start;
}

/** The pieces between two offsets of the text they make up. */
function part(pieces: readonly Piece[], from: number, to: number): Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    const start = Math.max(from - at, 0);
    const end = Math.min(to - at, length);
    if (start < end) {
      result.push(
        'insert' in piece
          ? { insert: piece.insert.slice(start, end) }
          : { start: piece.start + start, end: piece.start + end },
      );
    }
    at += length;
  }
  return result;
}

/** Without what the edit would write as it already stands. */
function trimmed(text: string, { span, insert }: TextEdit): TextEdit {
  let { start, end } = span;
  let from = 0;
  let to = insert.length;
  while (start < end && from < to && text[start] === insert[from]) {
    start++;
    from++;
  }
  while (start < end && from < to && text[end - 1] === insert[to - 1]) {
    end--;
    to--;
  }
  return { span: { start, end }, insert: insert.slice(from, to) };
}
