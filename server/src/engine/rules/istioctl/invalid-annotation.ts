import type { RuleFinding } from '../rule';
import { annotationFault } from './annotation-values';
import { annotatedKinds, annotationsOn, type WrittenAnnotation } from './annotations';
import { message } from './message';

export const invalidAnnotation = message({
  name: 'istioctl/invalid-annotation',
  istio: 'IST0125',
  severity: 'warning',
  summary: 'An annotation has a value that Istio cannot read.',
  on: annotatedKinds,
  recommended: true,

  *check(resource) {
    yield* invalidAmong(annotationsOn(resource));
  },
});

/** Values are looked at only where the annotation counts. */
export function* invalidAmong(annotations: readonly WrittenAnnotation[]): Iterable<RuleFinding> {
  for (const { name, value, path, fits, known } of annotations) {
    const fault = fits && !known?.kinds.includes('Any') ? annotationFault(name, value) : undefined;
    if (fault !== undefined) {
      yield { path, message: `"${name}" cannot be read: ${fault}` };
    }
  }
}
