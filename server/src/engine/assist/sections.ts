import { type Span, span } from '../text/span';

/**
 * The part of a document's text that the cursor stands in. An empty document at the end of a file belongs to the
 * text of the one before it, so a marker may lie in between. Nothing when the cursor is on the marker's line.
 */
export function sectionAt(text: string, offset: number): Span | undefined {
  let start = 0;
  for (const { index, 0: line } of text.matchAll(/^(?:---|\.\.\.)(?=[ \t\r\n]|$)[^\n]*\n?/gm)) {
    if (index > offset) {
      return span(start, index);
    }
    const end = index + line.length;
    if (offset < end || (offset === end && !line.endsWith('\n'))) {
      return undefined;
    }
    start = end;
  }
  return span(start, text.length);
}

/** The line an offset stands in, without its ending. */
export function lineAt(text: string, offset: number): Span {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset);
  const end = next < 0 ? text.length : next;
  return span(start, end > start && text.charAt(end - 1) === '\r' ? end - 1 : end);
}
