import type { InspectedObject, Inspector } from '../admission/inspect';
import { lower, type Placement } from '../model/lower';
import type { Resource, Standing } from '../model/resource';
import type { SourceEntry } from '../source/source';
import { isChangedIn } from './changed-objects';
import type { LiveScope } from './changes';
import type { WorkspaceSettings } from './settings';

/** What a document of the file `path` declares in a scope. */
export function resourcesOf(
  { plan, scope }: LiveScope,
  path: string,
  { document, slot }: SourceEntry,
  inspector: Inspector,
  settings: WorkspaceSettings,
): readonly Resource[] {
  const { objects } = inspector.inspect(document, false, scope.crds);
  const placement: Placement = {
    defaultNamespace: document.commandNamespace ?? settings.defaultNamespace,
    defaultKnown: document.commandNamespace !== undefined,
    ...plan.placements?.get(path),
  };
  const isPartial = (it: InspectedObject): boolean =>
    document.partial !== undefined || plan.patches.includes(path) || isChangedIn(plan, it);
  const last = scope.resourcesOf(slot);
  const isRefused = objects.some((it) => it.rejectedBy !== undefined && !isPartial(it));
  // While a document is being typed it keeps what it last was, so that nothing flickers elsewhere.
  if (settings.keepLastGood && isRefused && last.some((it) => it.standing === 'accepted')) {
    return last;
  }
  return objects.flatMap((it) => {
    const { value, base, rejectedBy, hasHoles } = it;
    const standing: Standing = isPartial(it) || hasHoles ? 'partial' : rejectedBy ? 'refused' : 'accepted';
    return lower(value, slot, base, placement, standing) ?? [];
  });
}
