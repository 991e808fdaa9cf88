import type { AuditRow, Ending } from './row';
import { keyOf } from './row-key';

/** Rows that say the same of several namespaces. */
export interface AuditGroup extends Ending {
  readonly host: string;
  readonly port: string;
  readonly protocol: string;
  readonly from: readonly AuditRow['from'][];
}

/** Joins rows that differ in nothing but where the requests come from; the order stays. */
export function groupRows(rows: readonly AuditRow[]): readonly AuditGroup[] {
  const groups = new Map<string, { readonly row: AuditRow; readonly from: AuditRow['from'][] }>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    known ? known.from.push(row.from) : groups.set(key, { row, from: [row.from] });
  }
  return [...groups.values()].map(({ row, from }) => ({ ...row, from }));
}
