import { type Kind, trafficKinds } from '../../model/resource';
import { replacementOf } from '../replaced';
import { rule } from '../rule';

const kinds: readonly Kind[] = [...trafficKinds, 'WorkloadEntry', 'Service'];

export const duplicateObject = rule({
  name: 'workspace/duplicate-object',
  layer: 'traffic',
  severity: 'warning',
  summary: 'Two documents that are applied together declare the same object, so only the last one stands.',
  on: kinds,
  ofReplaced: true,

  *check(resource, view) {
    const standing = replacementOf(view, resource);
    if (!standing) {
      return;
    }
    const name = `${resource.writtenKind} "${resource.namespace}/${resource.name}"`;
    yield {
      path: ['metadata', 'name'],
      ...(view.isInSteps && { severity: 'info' }),
      message: `${name} is declared again further on, and what is applied last replaces this document`,
      related: [{ resource: standing, path: ['metadata', 'name'], message: 'This document stands' }],
    };
  },
});
