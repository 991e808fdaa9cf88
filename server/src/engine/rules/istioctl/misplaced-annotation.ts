import type { YamlEdit } from '../../yaml/edit';
import { edit } from '../rule';
import { type Annotated, annotatedKinds, annotationsOn, type WrittenAnnotation } from './annotations';
import { message } from './message';

export const misplacedAnnotation = message({
  name: 'istioctl/misplaced-annotation',
  istio: 'IST0107',
  severity: 'warning',
  summary: 'An annotation of Istio stands on an object of a kind that it is not for.',
  on: annotatedKinds,
  recommended: true,

  *check(resource) {
    for (const annotation of annotationsOn(resource)) {
      const { name, path, known, fits } = annotation;
      if (known && !fits) {
        const isForTemplate = resource.writtenKind === 'Deployment' && known.kinds.includes('Pod');
        yield {
          path,
          part: 'key',
          message: `"${name}" does nothing on a ${resource.writtenKind}: it is for ${known.kinds.join(' and ')}${isForTemplate ? ', so it belongs under "template"' : ''}`,
          fixes: isForTemplate
            ? [
                edit('Move it to the Pods of the template', resource, move(resource, annotation), {
                  preferred: true,
                }),
              ]
            : [],
        };
      }
    }
  },
});

function move({ spec }: Annotated, { name, value, path }: WrittenAnnotation): readonly YamlEdit[] {
  const isThere = 'annotations' in spec && spec.annotations?.[name] !== undefined;
  const target = ['spec', 'template', 'metadata', 'annotations', name];
  return [{ op: 'remove', path }, ...(isThere ? [] : [{ op: 'set' as const, path: target, value }])];
}
