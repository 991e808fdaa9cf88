import type { TextEdit } from '../text/edit';
import { span } from '../text/span';
import type { RegionMap } from './region-map';
import type { Place, SourceEntry } from './source';

/** A document that stands in its file as it is. */
export class PlainPlace implements Place {
  readonly linePrefix = '';
  readonly start: number;
  readonly length: number;

  constructor(start: number, length: number) {
    this.start = start;
    this.length = length;
  }

  toFile(offset: number): number {
    return this.start + offset;
  }

  toDocument(fileOffset: number): number | undefined {
    const offset = fileOffset - this.start;
    return offset >= 0 && offset <= this.length ? offset : undefined;
  }
}

/** A document of a {@link RegionMap}, `base` characters behind its start. */
export class RegionPlace implements Place {
  readonly map: RegionMap;
  readonly base: number;
  readonly length: number;

  constructor(map: RegionMap, base: number, length: number) {
    this.map = map;
    this.base = base;
    this.length = length;
  }

  get linePrefix(): string {
    return this.map.linePrefix;
  }

  toFile(offset: number): number {
    return this.map.toFile(this.base + offset);
  }

  toDocument(fileOffset: number): number | undefined {
    const inRegion = this.map.toRegion(fileOffset);
    if (inRegion === undefined) {
      return undefined;
    }
    const offset = inRegion - this.base;
    return offset >= 0 && offset <= this.length ? offset : undefined;
  }
}

/** Turns edits of a document into edits of its file: new lines get the indentation and the ending of the file. */
export function toFileEdits(entry: SourceEntry, edits: readonly TextEdit[], eol: '\n' | '\r\n'): TextEdit[] {
  const { place } = entry;
  return edits.map((edit) => {
    const lines = edit.insert.split(/\r\n|\n|\r/);
    if (place instanceof RegionPlace) {
      const inRegion = span(place.base + edit.span.start, place.base + edit.span.end);
      return regionEdit(place.map, inRegion, lines, eol);
    }
    return {
      span: span(place.toFile(edit.span.start), place.toFile(edit.span.end)),
      insert: lines.join(eol),
    };
  });
}

function regionEdit(
  map: RegionMap,
  { start, end }: TextEdit['span'],
  lines: readonly string[],
  eol: string,
): TextEdit {
  const { text, linePrefix } = map;
  // Behind the last line end comes the line that closes the fence, which is none of ours.
  const closes = end === text.length && text.endsWith('\n');
  const rest = closes ? '' : lineRest(text, end);
  const startsAtEnd = closes && start === end;
  const insert = lines.map((line, index) => {
    const last = index === lines.length - 1;
    const whole = last ? line + rest : line;
    if (index === 0 || (last && closes && line === '')) {
      return line;
    }
    return (whole === '' ? linePrefix.trimEnd() : linePrefix) + line;
  });
  const first = lines.length === 1 ? lines[0] + rest : lines[0];
  let from = map.toFile(start);
  const line = map.lineStartAt(start);
  if (startsAtEnd) {
    insert[0] = first === '' ? '' : linePrefix + insert[0];
  } else if (line && closes && lines.length === 1 && first === '') {
    from = line.outer;
  } else if (line && first !== '' && line.left < linePrefix.length) {
    from = line.outer;
    insert[0] = linePrefix + insert[0];
  }
  const joined = insert.join(eol);
  const removesLineStart = line !== undefined || startsAtEnd;
  const needsEnd = closes && !joined.endsWith(eol) && !(joined === '' && removesLineStart);
  return { span: span(from, map.toFile(end)), insert: needsEnd ? joined + eol : joined };
}

/** What is left of the line behind `offset`. */
function lineRest(text: string, offset: number): string {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.slice(offset) : text.slice(offset, offset + end);
}
