import type { Audit, AuditRow } from '../../engine/audit/row';
import type { Origin } from '../../engine/mesh/origin';
import type { Locate, ResultPlace } from '../result';

/** One way out of the mesh, in the shape of the command line's contract. */
export interface ResultAuditRow extends Omit<AuditRow, 'decidedBy'> {
  readonly decidedBy: readonly ResultPlace[];
}

/** The audit of one scope. */
export interface AuditedScope extends Audit {
  readonly name: string;
  readonly locate: Locate;
}

export function resultRows({ rows, locate }: AuditedScope): readonly ResultAuditRow[] {
  return rows.map(({ decidedBy, ...row }) => ({ ...row, decidedBy: placesOf(decidedBy, locate) }));
}

export function placesOf(origins: readonly Origin[], locate: Locate): readonly ResultPlace[] {
  return origins.flatMap(({ resource, path }) => locate(resource.slot, [...resource.base, ...path]) ?? []);
}

export function placeText({ file, range }: ResultPlace): string {
  return `${file}:${range.start.line + 1}:${range.start.character + 1}`;
}
