import type { ResourceHeader } from '../model/resource';
import { compareText } from './hosts';

type Aged = Pick<ResourceHeader, 'creationTimestamp' | 'name' | 'namespace'>;

/** The order in which Istio prefers objects: the oldest, with equal age by name, then by namespace. */
export function compareAge(a: Aged, b: Aged): number {
  return (
    compareCreation(a.creationTimestamp, b.creationTimestamp) ||
    compareText(a.name, b.name) ||
    compareText(a.namespace, b.namespace)
  );
}

interface Selective extends Aged {
  readonly spec: { readonly workloadSelector?: unknown };
}

/** Of a namespace, what is for some workloads comes before what is for all of them. */
export function compareSelectiveFirst(a: Selective, b: Selective): number {
  return (
    Number(b.spec.workloadSelector !== undefined) - Number(a.spec.workloadSelector !== undefined) ||
    compareAge(a, b)
  );
}

/** An object that says no time is yet to be made: as old as its like, and younger than what a cluster has. */
export function compareCreation(a: string | undefined, b: string | undefined): number {
  return instant(a) - instant(b);
}

/** Why {@link compareAge} puts the first before the second, to be said of the first. */
export function ageWords(winner: Aged, loser: Aged): string {
  if (!sameAge(winner, loser)) {
    return 'is older';
  }
  return winner.name === loser.name ? 'is of a namespace that is named first' : 'is as old and named first';
}

function instant(text: string | undefined): number {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? yetToBeMade : time;
}

/** Later than any real time of creation. The engine has no clock, so it is a fixed one. */
const yetToBeMade = Date.UTC(2050, 0);

/** Whether nothing but names decides between the two. */
export function sameAge(a: Aged, b: Aged): boolean {
  return compareCreation(a.creationTimestamp, b.creationTimestamp) === 0;
}
