import { type Fields, fields, text } from '../../model/guards';
import { isPickedBy } from '../../model/label-selector';
import type { View } from '../../workspace/view';

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
  const { selector } = namespaces;
  return view
    .all('Namespace')
    .filter((it) => isPickedBy(selector, { ...it.labels, [nameLabel]: it.name }))
    .map((it) => it.name)
    .sort();
}

const nameLabel = 'kubernetes.io/metadata.name';
