import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';

/** The document that stands for an object in place of this one. */
export function replacementOf(view: View, resource: Resource): Resource | undefined {
  const standing = view.twinsOf(resource).findLast((it) => it.standing === 'accepted');
  return standing && standing.slot !== resource.slot ? standing : undefined;
}
