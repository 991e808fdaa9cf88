import { type Fields, fields, items, labels, text } from './guards';
import type { Labels } from './specs';

/** Whether a label selector of Kubernetes picks `own`. None picks everything, and one that is malformed nothing. */
export function isPickedBy(selector: unknown, own: Labels): boolean {
  if (selector === undefined || selector === null) {
    return true;
  }
  const { matchLabels, matchExpressions } = fields(selector);
  return (
    Object.entries(labels(matchLabels)).every(([name, value]) => own[name] === value) &&
    items(matchExpressions).every((it) => isMet(fields(it), own))
  );
}

/** Whether one of the `matchExpressions` holds for `own`. */
export function isMet({ key, operator, values }: Fields, own: Labels): boolean {
  const name = text(key) ?? '';
  const value = Object.hasOwn(own, name) ? own[name] : undefined;
  const wanted = items(values);
  switch (operator) {
    case 'In':
      return value !== undefined && wanted.includes(value);
    case 'NotIn':
      return wanted.length > 0 && (value === undefined || !wanted.includes(value));
    case 'Exists':
      return wanted.length === 0 && value !== undefined;
    case 'DoesNotExist':
      return wanted.length === 0 && value === undefined;
    default:
      return false;
  }
}
