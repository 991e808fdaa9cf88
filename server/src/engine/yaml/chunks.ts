/** The part of a text that holds exactly one YAML document. */
export interface Chunk {
  readonly start: number;
  readonly text: string;
}

// YAML forbids both markers at column 0 inside every scalar style, so a line
// scan finds document boundaries without running the lexer.
const documentStart = /^---(?=[ \t\r\n#]|$)/gm;
const documentStartOrEnd = /^(?:---(?=[ \t\r\n#]|$)|\.\.\.(?=[ \t\r\n]|$))/gm;
// White space is matched within one line only: across lines, a file of blank lines would take quadratic time.
const content = /^(?![^\S\r\n]*(?:#.*)?$|---[^\S\r\n]*(?:#.*)?$|\.\.\.[^\S\r\n]*$)/m;

/**
 * Cuts a text into documents. The chunks always join back into the input.
 *
 * As kubectl does, it cuts at `---` alone: what stands behind a `...` is for {@link readYaml} to judge. With `ellipses`
 * it cuts there too, since in prose it means that something is left out.
 *
 * Comments before the first `---`, such as a licence, travel with the document that follows it. A directive does
 * not: kubectl cuts there before it reads, so the directive is a document of its own, and a broken one.
 */
export function splitDocuments(text: string, { ellipses = false } = {}): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  // Text up to here is known to hold nothing, so that a file of nothing but markers takes linear time.
  let empty = 0;
  for (const cut of cuts(text, ellipses ? documentStartOrEnd : documentStart)) {
    if (content.test(text.slice(empty, cut))) {
      chunks.push({ start, text: text.slice(start, cut) });
      start = cut;
    }
    empty = cut;
  }
  const rest = text.slice(start);
  const last = chunks.at(-1);
  if (last && !content.test(rest)) {
    chunks[chunks.length - 1] = { start: last.start, text: last.text + rest };
  } else {
    chunks.push({ start, text: rest });
  }
  return chunks;
}

function* cuts(text: string, markers: RegExp): Iterable<number> {
  for (const marker of text.matchAll(markers)) {
    const opensDocument = marker[0] === '---';
    const lineEnd = text.indexOf('\n', marker.index);
    yield opensDocument ? marker.index : lineEnd < 0 ? text.length : lineEnd + 1;
  }
}
