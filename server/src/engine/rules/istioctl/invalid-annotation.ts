import { annotationFault } from './annotation-values';
import { annotatedKinds, annotationsOn } from './annotations';
import { message } from './message';

export const invalidAnnotation = message({
  name: 'istioctl/invalid-annotation',
  istio: 'IST0125',
  severity: 'warning',
  summary: 'An annotation has a value that Istio cannot read.',
  on: annotatedKinds,
  recommended: true,

  *check(resource) {
    for (const { name, value, path, fits, known } of annotationsOn(resource)) {
      const fault = fits && !known?.kinds.includes('Any') ? annotationFault(name, value) : undefined;
      if (fault !== undefined) {
        yield { path, message: `"${name}" cannot be read: ${fault}` };
      }
    }
  },
});
