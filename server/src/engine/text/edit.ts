import type { Span } from './span';

/** Replace `span` with `insert`. Every fix, rename and generated route ends as a list of these. */
export interface TextEdit {
  readonly span: Span;
  readonly insert: string;
}

/** Applies edits given in any order. Edits must not overlap; insertions at one offset keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const inOrder = edits
    .map((edit, index) => ({ edit, index }))
    .sort(
      (a, b) =>
        a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index,
    );
  let result = '';
  let from = 0;
  for (const { edit } of inOrder) {
    result += text.slice(from, edit.span.start) + edit.insert;
    from = Math.max(from, edit.span.end);
  }
  return result + text.slice(from);
}
