import { compareText } from '../../mesh/hosts';
import type { Labels } from '../../model/specs';

/** A selector as istioctl writes and compares it: `a=1,b=2` in the order of the labels. */
export function selectorText(selector: Labels): string {
  return Object.entries(selector)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
