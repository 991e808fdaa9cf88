import { otherNamespaces } from '../intent/clients';
import type { Resource } from '../model/resource';
import type { YamlEdit } from '../yaml/edit';

/**
 * Exports an object to one more namespace. Where nothing is written the mesh decides, and a list replaces what it says,
 * so the object's own namespace is written along; "~" stands for nobody and cannot stand beside anybody, and "*" for all.
 */
export function exportEdit(
  { spec, namespace: home }: Resource<'ServiceEntry' | 'VirtualService' | 'DestinationRule'>,
  namespace: string,
): YamlEdit {
  const path = ['spec', 'exportTo'];
  if (namespace === otherNamespaces) {
    return { op: 'set', path, value: ['*'] };
  }
  const value = namespace === home ? '.' : namespace;
  return spec.exportTo && spec.exportTo.length > 0 && !spec.exportTo.includes('~')
    ? { op: 'insert', path, value }
    : { op: 'set', path, value: value === '.' ? ['.'] : ['.', value] };
}

/** What {@link exportEdit} does to `what`; "." stands for its own namespace. */
export function exportTitle(what: string, namespace: string): string {
  if (namespace === otherNamespaces) {
    return `Export ${what} to all namespaces`;
  }
  return `Export ${what} to ${namespace === '.' ? 'its own namespace' : `"${namespace}"`} too`;
}
