import { printable, printableLine } from '../../engine/text/printable';
import type { Result, ResultDiagnostic } from '../result';

/** For people: each finding with its line, what it contradicts, and what would mend it. */
export function pretty(result: Result, texts: ReadonlyMap<string, string>): string {
  const lines = new Map<string, readonly string[]>();
  const lineOf = (file: string, line: number): string => {
    let split = lines.get(file);
    if (!split) {
      split = (texts.get(file) ?? '').split(/\r\n|\n|\r/);
      lines.set(file, split);
    }
    return split[line] ?? '';
  };
  const blocks = result.diagnostics.map((it) => block(it, lineOf(it.file, it.range.start.line)));
  return `${blocks.join('\n')}${blocks.length > 0 ? '\n' : ''}${summary(result)}\n`;
}

function block(it: ResultDiagnostic, source: string): string {
  const { start, end } = it.range;
  const place = `${it.file}:${start.line + 1}:${start.character + 1}`;
  const gutter = String(start.line + 1).padStart(5);
  const marked = source.slice(start.character, end.line === start.line ? end.character : undefined);
  // What is shown longer than it is, and tabs, must not move the marks away from their text.
  const before = printable(source.slice(0, start.character)).replace(/[^\t]/g, ' ');
  const marks = '^'.repeat(Math.max(1, printable(marked).length));
  return [
    `${printableLine(place)}: ${it.severity}: ${printableLine(it.message)} [${it.code}${it.istio ? `, ${it.istio}` : ''}]`,
    `${gutter} | ${printable(source)}`,
    `${' '.repeat(5)} | ${before}${marks}`,
    ...it.related
      .filter((other) => other.file !== it.file || other.range.start.line !== start.line)
      .map(
        (other) =>
          `      see ${printableLine(other.file)}:${other.range.start.line + 1}: ${printableLine(other.message)}`,
      ),
    ...it.fixes.map((fix) => `      fix: ${printableLine(fix.title)}`),
    '',
  ].join('\n');
}

function summary({ documents, diagnostics }: Result): string {
  const count = (severity: string): number => diagnostics.filter((it) => it.severity === severity).length;
  const parts = [
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    `${count('info')} info`,
  ];
  return `${plural(documents.length, 'document')}: ${parts.join(', ')}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
