import type { Resource } from '../model/resource';

/** An object as people speak of it. */
export function objectName({ writtenKind, namespace, name }: Resource): string {
  return `${writtenKind} "${writtenKind === 'Namespace' ? name : `${namespace}/${name}`}"`;
}
