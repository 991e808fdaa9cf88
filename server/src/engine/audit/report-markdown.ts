import { printableLine } from '../text/printable';
import { groupRows } from './group-rows';
import type { AuditedScope, Enforcement } from './row';
import { summaryOf } from './summary';
import { fromText, placeTexts, sentenceOf } from './words';

const columns = ['Host', 'Port', 'Protocol', 'From', 'Verdict', 'Via', 'Reason', 'Decided by'];

/** A report to paste: a table for each scope, and what the answers rest on. */
export function auditMarkdown(scopes: readonly AuditedScope[]): string {
  return scopes.map((it) => scopeMarkdown(it, scopes.length > 1)).join('\n');
}

function scopeMarkdown(scope: AuditedScope, isOne: boolean): string {
  const { rows, enforcement, limits, name } = scope;
  const lines = groupRows(rows).map((row) => [
    row.host,
    row.port,
    row.protocol,
    row.from.map(fromText).join(', '),
    row.verdict,
    row.via.join(', '),
    sentenceOf(row),
    placeTexts(scope, row.decidedBy).join(', '),
  ]);
  const table = [columns, columns.map(() => '---'), ...lines.map((cells) => cells.map(escaped))];
  return [
    `# Egress audit${isOne ? ` of ${escaped(name)}` : ''}`,
    '',
    summaryOf(rows),
    '',
    ...(rows.length > 0 ? [...table.map((cells) => `| ${cells.join(' | ')} |`), ''] : []),
    '## What keeps requests from going round the gateway',
    '',
    ...enforcement.map((it) => enforcementLine(it, scope)),
    '',
    '## What this does not prove',
    '',
    ...limits.map((it) => `- ${escaped(it)}`),
    '',
  ].join('\n');
}

function enforcementLine({ state, text, decidedBy }: Enforcement, scope: AuditedScope): string {
  const places = placeTexts(scope, decidedBy).join(', ');
  return `- **${state}**: ${escaped(text)}${places === '' ? '' : ` (${escaped(places)})`}`;
}

/** Whatever a manifest says stays text in a cell: no markup, no link, no HTML, no second line. */
function escaped(text: string): string {
  return printableLine(text)
    .replace(/[\\`*_{}[\]()<>#+!|~&$]/g, (it) => (it === '<' ? '&lt;' : it === '&' ? '&amp;' : `\\${it}`))
    .replace(/(https?):\/\//gi, '$1:\u200b//');
}
