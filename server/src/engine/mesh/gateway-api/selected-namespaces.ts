import { type Fields, fields, items, labels, text } from '../../model/guards';
import type { Labels } from '../../model/specs';
import type { View } from '../../workspace/view';
import { isSelectedBy } from '../destination-rules';
import { mapsIn } from './objects';

/** The namespaces whose routes a listener takes; `*` for all. */
export function selectedNamespaces(view: View, home: string, allowedRoutes: Fields): readonly string[] {
  const namespaces = fields(allowedRoutes.namespaces);
  const from = text(namespaces.from) ?? 'Same';
  if (from === 'Same') {
    return [home];
  }
  if (from === 'All' || namespaces.selector === undefined) {
    return ['*'];
  }
  const selector = fields(namespaces.selector);
  return view
    .all('Namespace')
    .filter((it) => matches(selector, { ...it.labels, [nameLabel]: it.name }))
    .map((it) => it.name)
    .sort();
}

const nameLabel = 'kubernetes.io/metadata.name';

function matches(selector: Fields, own: Labels): boolean {
  return (
    isSelectedBy(labels(selector.matchLabels), own) &&
    mapsIn(selector, 'matchExpressions').every((it) => matchesExpression(it, own))
  );
}

function matchesExpression({ key, operator, values }: Fields, own: Labels): boolean {
  const value = own[text(key) ?? ''];
  switch (operator) {
    case 'In':
      return value !== undefined && items(values).includes(value);
    case 'NotIn':
      return value === undefined || !items(values).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
