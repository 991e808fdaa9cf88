import { quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import { edit, type RuleFinding } from '../rule';
import { knownAnnotations } from './annotation-table';
import { type Annotated, annotatedKinds, annotationsOn, type WrittenAnnotation } from './annotations';
import { message } from './message';

export const unknownAnnotation = message({
  name: 'istioctl/unknown-annotation',
  istio: 'IST0108',
  severity: 'warning',
  summary: "An annotation has a name of Istio's, and Istio knows none of that name.",
  on: annotatedKinds,
  recommended: true,

  *check(resource) {
    const kind = resource.writtenKind === 'Deployment' ? 'Pod' : resource.writtenKind;
    yield* unknownAmong(annotationsOn(resource), kind, resource);
  },
});

/** What is wrong with names that Istio does not know; `kind` is what the object, or the part of it, is taken for. */
export function* unknownAmong(
  annotations: readonly WrittenAnnotation[],
  kind: string,
  resource: Annotated,
): Iterable<RuleFinding> {
  const fitting = [...knownAnnotations.values()].filter((it) => it.kinds.includes(kind));
  for (const { name, path, known } of annotations) {
    if (known) {
      continue;
    }
    const meant = nearest(
      name,
      fitting.map((it) => it.name),
    );
    const isTaken = annotations.some((it) => it.name === meant);
    yield {
      path,
      part: 'key',
      message: `Istio has no annotation ${quoted(name)}, so it does nothing${meant ? `; did you mean "${meant}"?` : ''}`,
      fixes:
        meant && !isTaken
          ? [edit(`Use "${meant}"`, resource, [{ op: 'rename', path, key: meant }], { preferred: true })]
          : [],
    };
  }
}
