import type { Path } from '../yaml/node';
import { tokensOf } from './tokens';

interface Level {
  readonly column: number;
  readonly step: string | number;
}

/**
 * The path of the last line of `text` as its indentation tells it, whatever stands in the lines above. A reader
 * that wants grammar gives up where someone is typing; columns stay true.
 */
export function pathByIndentation(text: string): Path {
  const levels: Level[] = [];
  let literalAbove: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.search(/[^ \r]/);
    if (literalAbove !== undefined && (indent < 0 || indent > literalAbove)) {
      continue;
    }
    literalAbove = opensBlockScalar(line) ? indent : undefined;
    // A line indented with a tab has no column that means anything.
    if (line.charAt(Math.max(indent, 0)) !== '\t') {
      readLine(line, levels);
    }
  }
  return levels.map((it) => it.step);
}

function readLine(line: string, levels: Level[]): void {
  const tokens = tokensOf(line.trimEnd(), 0);
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'dash') {
      openItem(levels, token.start);
    } else {
      if (tokens[index + 1]?.kind === 'colon') {
        openKey(levels, token.start, line.slice(token.start, token.end).replace(/^["']|["']$/g, ''));
      }
      return;
    }
  }
}

function openItem(levels: Level[], column: number): void {
  while ((levels.at(-1)?.column ?? -1) > column) {
    levels.pop();
  }
  const top = levels.at(-1);
  const isNext = top?.column === column && typeof top.step === 'number';
  if (isNext) {
    levels.pop();
  }
  levels.push({ column, step: isNext ? (top.step as number) + 1 : 0 });
}

function openKey(levels: Level[], column: number, step: string): void {
  while ((levels.at(-1)?.column ?? -1) >= column) {
    levels.pop();
  }
  levels.push({ column, step });
}

function opensBlockScalar(line: string): boolean {
  return /(?:^|[:-] +)[|>][-+0-9]*[ \t]*(?:#.*)?\r?$/.test(line);
}
