import type { Result, ResultDiagnostic } from '../result';
import { printable } from './printable';

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
  const width = Math.max(1, (end.line === start.line ? end.character : source.length) - start.character);
  const gutter = String(start.line + 1).padStart(5);
  return [
    `${printable(place)}: ${it.severity}: ${printable(it.message)} [${it.code}${it.istio ? `, ${it.istio}` : ''}]`,
    `${gutter} | ${printable(source)}`,
    `${' '.repeat(5)} | ${' '.repeat(start.character)}${'^'.repeat(Math.min(width, Math.max(1, source.length - start.character)))}`,
    ...it.related.map(
      (other) =>
        `      see ${printable(other.file)}:${other.range.start.line + 1}: ${printable(other.message)}`,
    ),
    ...it.fixes.map((fix) => `      fix: ${printable(fix.title)}`),
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
