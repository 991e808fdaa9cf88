import type { Resource } from './resource';

/** An object as people speak of it. */
export function objectName({ writtenKind, namespace, name }: Resource): string {
  return `${writtenKind} "${writtenKind === 'Namespace' ? name : `${namespace}/${name}`}"`;
}
