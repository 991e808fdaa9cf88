import type { Resource } from '../../model/resource';
import type { Path } from '../../yaml/node';
import type { RuleRelated } from '../rule';

const most = 3;

/** Objects that want the same as another one: the first few by name, and where they say so. */
export function rivals(
  objects: readonly Resource[],
  path: Path,
  message: string,
): { readonly names: string; readonly related: readonly RuleRelated[] } {
  const shown = objects.slice(0, most);
  const names = shown.map((it) => `"${it.name}"`).join(', ');
  const left = objects.length - shown.length;
  return {
    names: left > 0 ? `${names} and ${left} more` : names,
    related: shown.map((resource) => ({ resource, path, message })),
  };
}
