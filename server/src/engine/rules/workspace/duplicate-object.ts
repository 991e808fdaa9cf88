import type { Kind } from '../../model/resource';
import { rule } from '../rule';

const kinds: readonly Kind[] = [
  'ServiceEntry',
  'Gateway',
  'DestinationRule',
  'VirtualService',
  'Sidecar',
  'WorkloadEntry',
  'Service',
];

export const duplicateObject = rule({
  name: 'workspace/duplicate-object',
  layer: 'traffic',
  severity: 'warning',
  summary: 'Two documents that are applied together declare the same object, so only the last one stands.',
  on: kinds,

  *check(resource, view) {
    const documents = view.twinsOf(resource).filter((it) => it.standing === 'accepted');
    const standing = documents.at(-1);
    if (!standing || standing.slot === resource.slot) {
      return;
    }
    yield {
      path: ['metadata', 'name'],
      message: `${resource.writtenKind} "${resource.namespace}/${resource.name}" is declared again further on, and what is applied last replaces this document`,
      related: [{ resource: standing, path: ['metadata', 'name'], message: 'This document stands' }],
    };
  },
});
