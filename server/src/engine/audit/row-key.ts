import type { Origin } from '../mesh/origin';
import type { AuditRow, Ending } from './row';

/** Equal keys mean the same row for somebody else. */
export function keyOf({ host, port, protocol, requests, weight, ...ending }: AuditRow): string {
  return [host, port, protocol, requests ?? '', weight ?? '', endingKey(ending)].join('\n');
}

/** Equal keys mean the same end for the same reason. */
export function endingKey({ verdict, via, reason, decidedBy }: Ending): string {
  return [verdict, via.join(), reason, ...decidedBy.map(placeKey)].join('\n');
}

/** A place, wherever it is used. */
function placeKey({ resource, path }: Origin): string {
  return `${resource.slot.id} ${resource.base.join()} ${path.join()}`;
}

/** Each place once, in order. */
export function distinctPlaces(places: readonly Origin[]): readonly Origin[] {
  return places.length < 2 ? places : [...new Map(places.map((it) => [placeKey(it), it])).values()];
}
