import { otherNamespaces } from '../intent/clients';
import { exportToAnnotation } from '../mesh/visibility';
import type { Resource } from '../model/resource';
import type { YamlEdit } from '../yaml/edit';

type Exported = Resource<'ServiceEntry' | 'VirtualService' | 'DestinationRule' | 'Service'>;

/**
 * Exports an object to more namespaces. Where nothing is written the mesh decides, and a list replaces what it says, so
 * the object's own namespace is written along; "~" stands for nobody and cannot stand beside anybody, and "*" for all.
 * A Service says it in one text, so that is written anew, for all.
 */
export function exportEdits(resource: Exported, namespaces: readonly string[]): readonly YamlEdit[] {
  if (resource.kind === 'Service') {
    return [{ op: 'set', path: ['metadata', 'annotations', exportToAnnotation], value: '*' }];
  }
  const { spec, namespace: home } = resource;
  const path = ['spec', 'exportTo'];
  if (namespaces.includes(otherNamespaces)) {
    return [{ op: 'set', path, value: ['*'] }];
  }
  const values = namespaces.map((it) => (it === home ? '.' : it));
  return spec.exportTo && spec.exportTo.length > 0 && !spec.exportTo.includes('~')
    ? values.map((value) => ({ op: 'insert', path, value }))
    : [{ op: 'set', path, value: [...new Set(['.', ...values])] }];
}

/** What {@link exportEdits} does to `what`; "." stands for its own namespace. */
export function exportTitle(what: string, resource: Exported, namespaces: readonly string[]): string {
  if (resource.kind === 'Service' || namespaces.includes(otherNamespaces)) {
    return `Export ${what} to all namespaces`;
  }
  const names = namespaces.map((it) => (it === '.' ? 'its own namespace' : `"${it}"`));
  return `Export ${what} to ${names.join(' and ')} too`;
}
