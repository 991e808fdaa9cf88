import { type AuditGroup, groupRows } from './group-rows';
import type { AuditRow, Verdict } from './row';
import { fromText, sentenceOf } from './words';

/** What to look for in an audit. */
export interface Wanted {
  readonly text?: string;
  readonly verdicts?: readonly Verdict[];
}

/** What goes round the gateway before what does not arrive, and that before what is as it should be. */
const order: readonly Verdict[] = ['direct', 'passthrough', 'broken', 'not-evaluated', 'blocked', 'gateway'];

/** The rows that hold every word of a text, joined over namespaces, those that go round the gateway first. */
export function selectRows(
  rows: readonly AuditRow[],
  { text = '', verdicts = [] }: Wanted,
): readonly AuditGroup[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((it) => it !== '');
  const found = rows.filter(
    (it) => (verdicts.length === 0 || verdicts.includes(it.verdict)) && holds(it, words),
  );
  const ranks = new Map(order.map((verdict, index) => [verdict, index]));
  return groupRows(found.toSorted((a, b) => ranks.get(a.verdict)! - ranks.get(b.verdict)!));
}

function holds(row: AuditRow, words: readonly string[]): boolean {
  if (words.length === 0) {
    return true;
  }
  const { host, port, protocol, from, verdict, via } = row;
  const shown = [`${host}:${port}`, protocol, fromText(from), verdict, ...via, sentenceOf(row)].join('\n');
  const lower = shown.toLowerCase();
  return words.every((it) => lower.includes(it));
}
