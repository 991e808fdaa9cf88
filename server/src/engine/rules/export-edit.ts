import type { Resource } from '../model/resource';
import type { YamlEdit } from '../yaml/edit';

/**
 * Exports an object to one more namespace. Where nothing is written the mesh decides, and a list replaces what it says,
 * so the object's own namespace is written along; "~" stands for nobody and cannot stand beside anybody.
 */
export function exportEdit(
  { spec, namespace: home }: Resource<'ServiceEntry' | 'VirtualService' | 'DestinationRule'>,
  namespace: string,
): YamlEdit {
  const path = ['spec', 'exportTo'];
  const value = namespace === home ? '.' : namespace;
  return spec.exportTo && spec.exportTo.length > 0 && !spec.exportTo.includes('~')
    ? { op: 'insert', path, value }
    : { op: 'set', path, value: value === '.' ? ['.'] : ['.', value] };
}
