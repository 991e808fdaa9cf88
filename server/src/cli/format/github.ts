import { printable } from '../../engine/text/printable';
import type { Result } from '../result';

const levels: { readonly [severity: string]: string } = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/** Workflow commands, which GitHub turns into annotations on the changed lines. */
export function github({ diagnostics }: Result): string {
  return diagnostics
    .map(({ file, range, severity, code, message }) => {
      const properties = [
        `file=${property(file)}`,
        `line=${range.start.line + 1}`,
        `col=${range.start.character + 1}`,
        `endLine=${range.end.line + 1}`,
        `endColumn=${range.end.character + 1}`,
        `title=${property(code)}`,
      ];
      return `::${levels[severity] ?? 'notice'} ${properties.join(',')}::${data(message)}\n`;
    })
    .join('');
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
