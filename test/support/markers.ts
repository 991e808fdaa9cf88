import type { Span } from '../../server/src/engine/text/span';

/** Fixture text with its expectations lifted out. */
export interface Marked {
  readonly text: string;
  readonly cursor: number | undefined;
  readonly expected: readonly Expectation[];
}

export interface Expectation {
  readonly span: Span;
  readonly code: string;
  readonly message: string;
}

const markerLine =
  /^(?<indent>\s*)#(?<pad> *)(?:(?<carets>\^+)|<(?<dashes>-+)) (?<code>[\w-]+(?:\/[\w-]+)?)(?: (?<message>.*))?$/;

/**
 * Reads the marker notation.
 *
 *     gateways: [public]
 *     #          ^^^^^^ virtual-service/gateway-not-found There is no Gateway "public"
 *
 * Carets point at the line above; `<---` marks from the column of the `#`, which a caret cannot reach. `$0` is the
 * cursor. Marker lines are removed before the engine sees the text, so a marker cannot change how its YAML parses.
 */
export function readMarkers(source: string): Marked {
  const expected: Expectation[] = [];
  let text = '';
  let lineStart = 0;
  let cursor: number | undefined;

  for (const line of source.split(/(?<=\n)/)) {
    const marker = markerLine.exec(line.trimEnd())?.groups;
    if (marker) {
      const column = marker.indent!.length + (marker.carets ? 1 + marker.pad!.length : 0);
      const width = (marker.carets ?? marker.dashes)!.length;
      const start = lineStart + column;
      expected.push({
        span: { start, end: start + width },
        code: marker.code!,
        message: marker.message ?? '',
      });
      continue;
    }
    lineStart = text.length;
    const at = line.indexOf('$0');
    if (at >= 0) {
      cursor = lineStart + at;
    }
    text += line.replace('$0', '');
  }
  return { text, cursor, expected };
}

/** Writes findings back in the same notation, so a failing test prints the fixture it would accept. */
export function writeMarkers(text: string, found: readonly Expectation[]): string {
  let offset = 0;
  const lines = text.split(/(?<=\n)/).map((line) => {
    const start = offset;
    offset += line.length;
    const here = found.filter((it) => start <= it.span.start && it.span.start < offset);
    return [line, ...here.map((it) => `${pointer(it, start)} ${it.code} ${it.message}\n`)].join('');
  });
  return lines.join('');
}

function pointer({ span }: Expectation, lineStart: number): string {
  const column = span.start - lineStart;
  const width = span.end - span.start;
  return column === 0 ? `#<${'-'.repeat(width)}` : `#${' '.repeat(column - 1)}${'^'.repeat(width)}`;
}

/** Splits a fixture of several files, each of which starts with a line `#- path/to/file.yaml`. */
export function splitFiles(source: string, only = 'example.yaml'): Map<string, string> {
  const files = new Map<string, string>();
  let path = only;
  for (const line of source.split(/(?<=\n)/)) {
    const header = /^#- (?<path>\S+)\s*$/.exec(line)?.groups;
    if (header) {
      path = header.path!;
    } else {
      files.set(path, (files.get(path) ?? '') + line);
    }
  }
  return files;
}
