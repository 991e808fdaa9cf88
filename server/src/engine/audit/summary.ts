import type { AuditRow, Verdict } from './row';

const order: readonly Verdict[] = ['gateway', 'direct', 'passthrough', 'broken', 'blocked', 'not-evaluated'];

/** How many ways end in which way, in words. */
export function summaryOf(rows: readonly Pick<AuditRow, 'verdict'>[]): string {
  if (rows.length === 0) {
    return 'No file names a host outside of the mesh, or pods that could call one';
  }
  const counts = order.flatMap((verdict) => {
    const count = rows.filter((it) => it.verdict === verdict).length;
    return count > 0 ? [`${count} ${verdict}`] : [];
  });
  return `${rows.length} ${rows.length === 1 ? 'way' : 'ways'}: ${counts.join(', ')}`;
}
