import { printableLine } from '../text/printable';
import type { AuditedScope } from './row';
import { fromText, placeTexts, sentenceOf } from './words';

const columns = ['host', 'port', 'protocol', 'from', 'verdict', 'via', 'reason', 'decidedBy'];

/** One line for each row, as RFC 4180 has it but with bare line feeds; lists are separated by blanks. */
export function auditCsv(scopes: readonly AuditedScope[]): string {
  const lines = scopes.flatMap((scope) =>
    scope.rows.map((row) => [
      row.host,
      row.port,
      row.protocol,
      fromText(row.from),
      row.verdict,
      row.via.join(' '),
      sentenceOf(row),
      placeTexts(scope, row.decidedBy).join(' '),
    ]),
  );
  return [columns, ...lines].map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

/** Spreadsheets take a cell that begins like a formula for one; an apostrophe keeps it text. */
function cell(text: string): string {
  const shown = printableLine(text);
  const safe = /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
