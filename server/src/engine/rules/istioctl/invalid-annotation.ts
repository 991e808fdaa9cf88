import { edit, type RuleFinding } from '../rule';
import { annotationFault, mendedAnnotation } from './annotation-values';
import { type Annotated, annotatedKinds, annotationsOn, type WrittenAnnotation } from './annotations';
import { message } from './message';

export const invalidAnnotation = message({
  name: 'istioctl/invalid-annotation',
  istio: 'IST0125',
  severity: 'warning',
  summary: 'An annotation has a value that Istio cannot read.',
  on: annotatedKinds,
  recommended: true,

  *check(resource) {
    yield* invalidAmong(annotationsOn(resource), resource);
  },
});

/** Values are looked at only where the annotation counts. */
export function* invalidAmong(
  annotations: readonly WrittenAnnotation[],
  resource: Annotated,
): Iterable<RuleFinding> {
  for (const { name, value: written, path, fits, known } of annotations) {
    const fault = fits && !known?.kinds.includes('Any') ? annotationFault(name, written) : undefined;
    if (fault !== undefined) {
      const value = mendedAnnotation(name, written);
      yield {
        path,
        message: `"${name}" cannot be read: ${fault}`,
        fixes:
          value === undefined
            ? []
            : [edit(`Use "${value}"`, resource, [{ op: 'set', path, value }], { preferred: true })],
      };
    }
  }
}
