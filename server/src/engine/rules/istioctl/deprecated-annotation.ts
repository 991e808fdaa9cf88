import type { YamlEdit } from '../../yaml/edit';
import { edit } from '../rule';
import { annotatedKinds, annotationsOn } from './annotations';
import { injectName } from './injection';
import { message } from './message';

export const deprecatedAnnotation = message({
  name: 'istioctl/deprecated-annotation',
  istio: 'IST0135',
  severity: 'info',
  summary: 'An annotation is one that newer versions of Istio may no longer read.',
  on: annotatedKinds,
  recommended: true,

  *check(resource) {
    for (const { name, value, path, known } of annotationsOn(resource)) {
      const isLabel = name === injectName;
      // Who writes both knows that one of them is old.
      if (!known?.deprecated || (isLabel && resource.labels[injectName] !== undefined)) {
        continue;
      }
      const asLabel: readonly YamlEdit[] = [
        { op: 'remove', path },
        { op: 'set', path: ['metadata', 'labels', injectName], value },
      ];
      yield {
        path,
        part: 'key',
        message: `"${name}" is deprecated${isLabel ? ': the label of the same name says it now' : ', and newer versions of Istio may not read it'}`,
        fixes:
          isLabel && resource.writtenKind === 'Pod'
            ? [edit('Write it as a label', resource, asLabel, { preferred: true })]
            : [],
      };
    }
  },
});
