/** A line of a file. What stands between `start` and `from` belongs to the fence around it, not to the content. */
export interface Line {
  readonly start: number;
  readonly from: number;
  /** Before the line ending. */
  readonly to: number;
  /** Behind the line ending. */
  readonly next: number;
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const next = found < 0 ? text.length : found + 1;
    const end = found < 0 ? text.length : found;
    const to = end > start && text.charAt(end - 1) === '\r' ? end - 1 : end;
    // A byte order mark is no part of the first line.
    const from = start === 0 && text.startsWith('\uFEFF') ? Math.min(1, to) : start;
    lines.push({ start, from, to, next });
    start = next;
  }
  return lines;
}

export function lineText(text: string, line: Line): string {
  return text.slice(line.from, line.to);
}

/** The line without its first `count` characters of content. */
export function withoutFirst(line: Line, count: number): Line {
  if (count === 0) {
    return line;
  }
  const { start, from, to, next } = line;
  return { start, from: Math.min(from + count, to), to, next };
}

/** Takes off the white space that every line of content starts with. */
export function withoutCommonIndent(text: string, lines: readonly Line[]): readonly Line[] {
  let common: string | undefined;
  for (const line of lines) {
    const indent = indentOf(text, line);
    if (line.from + indent.length < line.to) {
      common = common === undefined ? indent : sharedStart(common, indent);
      if (common === '') {
        return lines;
      }
    }
  }
  if (!common) {
    return lines;
  }
  const { length } = common;
  return lines.map((line) => withoutFirst(line, Math.min(length, line.to - line.from)));
}

function indentOf(text: string, line: Line): string {
  let end = line.from;
  while (end < line.to && (text.charAt(end) === ' ' || text.charAt(end) === '\t')) {
    end++;
  }
  return text.slice(line.from, end);
}

function sharedStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) {
    length++;
  }
  return a.slice(0, length);
}
