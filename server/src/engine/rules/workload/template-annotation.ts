import { templateAnnotations } from '../istioctl/annotations';
import { invalidAmong } from '../istioctl/invalid-annotation';
import { unknownAmong } from '../istioctl/unknown-annotation';
import { rule } from '../rule';

export const templateAnnotation = rule({
  name: 'workload/template-annotation',
  layer: 'traffic',
  severity: 'warning',
  summary: 'An annotation that a template gives its Pods is none that Istio can use there.',
  on: 'Workload',

  *check(workload) {
    const annotations = templateAnnotations(workload);
    yield* unknownAmong(annotations, 'Pod', workload);
    yield* invalidAmong(annotations, workload);
    for (const { name, path, known, fits } of annotations) {
      if (known && !fits) {
        yield {
          path,
          part: 'key',
          message: `"${name}" does nothing on a Pod: it is for ${known.kinds.join(' and ')}`,
        };
      }
    }
  },
});
