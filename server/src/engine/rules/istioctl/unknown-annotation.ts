import { nearest } from '../../text/nearest';
import { edit } from '../rule';
import { knownAnnotations } from './annotation-table';
import { annotatedKinds, annotationsOn } from './annotations';
import { message } from './message';

export const unknownAnnotation = message({
  name: 'istioctl/unknown-annotation',
  istio: 'IST0108',
  severity: 'warning',
  summary: "An annotation has a name of Istio's, and Istio knows none of that name.",
  on: annotatedKinds,
  recommended: true,

  *check(resource) {
    for (const { name, path, known } of annotationsOn(resource)) {
      if (known) {
        continue;
      }
      const meant = nearest(name, fitting(resource.writtenKind));
      const isTaken = meant !== undefined && meant in resource.annotations;
      yield {
        path,
        part: 'key',
        message: `Istio has no annotation "${name}", so it does nothing${meant ? `; did you mean "${meant}"?` : ''}`,
        fixes:
          meant && !isTaken
            ? [edit(`Use "${meant}"`, resource, [{ op: 'rename', path, key: meant }], { preferred: true })]
            : [],
      };
    }
  },
});

function fitting(kind: string): readonly string[] {
  const of = kind === 'Deployment' ? 'Pod' : kind;
  return [...knownAnnotations.values()].filter((it) => it.kinds.includes(of)).map((it) => it.name);
}
