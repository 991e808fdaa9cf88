import { anyNamespace } from '../../engine/audit/clients';
import { type AuditGroup, groupRows } from '../../engine/audit/group-rows';
import type { AuditedScope, Enforcement } from '../../engine/audit/row';
import { summaryOf } from '../../engine/audit/summary';
import { fromText, placeTexts, sentenceOf } from '../../engine/audit/words';
import { groupBy } from '../../engine/text/collections';
import { printableLine } from '../../engine/text/printable';

/** More namespaces in one line are no easier to read. */
const mostNames = 8;

/** For people: host by host, with the reason and the places under each way. */
export function auditPretty(scopes: readonly AuditedScope[]): string {
  const texts = scopes.map((it) => scopeText(it, scopes.length > 1));
  const limits = new Set(scopes.flatMap((it) => it.limits));
  const told =
    limits.size > 0
      ? ['What this does not prove', ...[...limits].map((it) => printableLine(`  ${it}`)), '']
      : [];
  return [...texts, [...told, summaryOf(scopes.flatMap((it) => it.rows)), ''].join('\n')].join('\n');
}

function scopeText(scope: AuditedScope, isOne: boolean): string {
  const groups = groupRows(scope.rows);
  const widths = {
    port: widest(groups.map(portText)),
    verdict: widest(groups.map((it) => it.verdict)),
  };
  const blocks = [...groupBy(groups, (it) => it.host)].flatMap(([host, ways]) => [
    printableLine(host === '*' ? 'any other host' : host),
    ...ways.flatMap((it) => wayLines(it, widths, scope)),
    '',
  ]);
  return [
    ...(isOne ? [printableLine(`Scope "${scope.name}"`), ''] : []),
    ...blocks,
    'What keeps requests from going round the gateway',
    ...scope.enforcement.flatMap((it) => enforcementLines(it, scope)),
    '',
    ...(isOne ? [summaryOf(scope.rows), ''] : []),
  ].join('\n');
}

interface Widths {
  readonly port: number;
  readonly verdict: number;
}

function wayLines(way: AuditGroup, { port, verdict }: Widths, scope: AuditedScope): readonly string[] {
  const names = way.from.map((it) => (it.namespace === anyNamespace ? 'any namespace' : fromText(it)));
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  const from = `${names.slice(0, mostNames).join(', ')}${more}`;
  const indent = ' '.repeat(port + verdict + 6);
  return [
    printableLine(`  ${portText(way).padEnd(port)}  ${way.verdict.padEnd(verdict)}  from ${from}`),
    printableLine(`${indent}${sentenceOf(way)}`),
    ...placeTexts(scope, way.decidedBy).map((it) => printableLine(`${indent}see ${it}`)),
  ];
}

function portText({ port, protocol }: AuditGroup): string {
  return port === '*' ? 'any port' : `${port}${protocol === '*' ? '' : ` ${protocol}`}`;
}

function enforcementLines({ state, text, decidedBy }: Enforcement, scope: AuditedScope): readonly string[] {
  return [
    printableLine(`  ${state.padEnd('unknown'.length)}  ${text}`),
    ...placeTexts(scope, decidedBy).map((it) => printableLine(`           see ${it}`)),
  ];
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((it) => it.length));
}
