import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import type { RuleRelated } from '../rule';

const most = 3;

/**
 * Files that leave out the namespace may be applied to different ones, which only whoever applies them knows. istioctl
 * takes them all for `default`.
 */
export function severityAmong({ settings }: View, objects: readonly Resource[]): 'error' | 'info' {
  const isCertain = settings.closedWorld || settings.profile === 'istioctl';
  return isCertain || objects.every((it) => it.namespaceKnown) ? 'error' : 'info';
}

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
