import type { Line } from './lines';

/** Text that stands in its file without a break. */
interface Segment {
  readonly region: number;
  readonly file: number;
  /** Where what was left out in front of it starts: an indentation, or a backslash. */
  readonly outer: number;
  readonly startsLine: boolean;
}

/** The text of a fence or a heredoc without what belongs to the file around it, and where each part of it stands. */
export class RegionMap {
  readonly text: string;
  readonly linePrefix: string;
  readonly #segments: readonly Segment[];

  private constructor(text: string, linePrefix: string, segments: readonly Segment[]) {
    this.text = text;
    this.linePrefix = linePrefix;
    this.#segments = segments;
  }

  /** `leftOut` lists single characters of the file, in order, that are not part of the text. */
  static of(file: string, lines: readonly Line[], leftOut: readonly number[] = []): RegionMap {
    const segments: Segment[] = [];
    const parts: string[] = [];
    let length = 0;
    let next = 0;
    const add = (from: number, end: number, outer: number, startsLine: boolean): void => {
      segments.push({ region: length, file: from, outer, startsLine });
      parts.push(file.slice(from, end));
      length += end - from;
    };
    for (const line of lines) {
      let { from, start: outer } = line;
      let startsLine = true;
      while (next < leftOut.length && leftOut[next]! < line.next) {
        const at = leftOut[next++]!;
        add(from, at, outer, startsLine);
        outer = at;
        from = at + 1;
        startsLine = false;
      }
      add(from, line.next, outer, startsLine);
    }
    return new RegionMap(parts.join(''), prefixOf(file, lines), segments);
  }

  toFile(offset: number): number {
    const segment = this.#segmentAt(offset);
    return segment ? segment.file + offset - segment.region : 0;
  }

  /** Offsets in an indentation count as the start of their line. */
  toRegion(fileOffset: number): number | undefined {
    const index = lastIndex(this.#segments, (it) => it.outer <= fileOffset);
    const segment = this.#segments[index];
    if (!segment) {
      return undefined;
    }
    const end = this.#segments[index + 1]?.region ?? this.text.length;
    const offset = Math.max(segment.region, segment.region + fileOffset - segment.file);
    return offset <= end ? offset : undefined;
  }

  /** The line that starts at `offset`: where it starts in the file, and how much was left out in front of it. */
  lineStartAt(offset: number): { readonly outer: number; readonly left: number } | undefined {
    const segment = this.#segmentAt(offset);
    return segment?.startsLine && segment.region === offset
      ? { outer: segment.outer, left: segment.file - segment.outer }
      : undefined;
  }

  #segmentAt(offset: number): Segment | undefined {
    return this.#segments[lastIndex(this.#segments, (it) => it.region <= offset)] ?? this.#segments[0];
  }
}

/** What the first line with content has in front of it. */
function prefixOf(file: string, lines: readonly Line[]): string {
  const line = lines.find((it) => it.from < it.to) ?? lines.find((it) => it.start < it.from);
  return line ? file.slice(line.start, line.from) : '';
}

/** The last item of an ordered list for which `holds`, or -1. */
function lastIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle]!)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}
