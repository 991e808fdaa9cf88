import type { InspectedObject } from '../admission/inspect';
import type { PlannedScope } from './planned-scope';

/** A document that is not applied as it is written: it changes others, or others change what it holds. */
export type Change = 'patch' | 'changed';

export function changeOf(
  plan: PlannedScope,
  path: string,
  objects: readonly InspectedObject[],
): Change | undefined {
  if (plan.patches.includes(path)) {
    return 'patch';
  }
  return objects.some((it) => isChangedIn(plan, it)) ? 'changed' : undefined;
}

/** Only for kinds that are all about their content; a workload is mostly changed in what nobody here asks. */
export function isChangedIn({ changed = [] }: PlannedScope, object: InspectedObject): boolean {
  return (
    changed.some(
      ({ kind, name }) => (kind ?? object.kind) === object.kind && (name ?? object.name) === object.name,
    ) && isAboutContent(object)
  );
}

function isAboutContent({ apiVersion, kind }: InspectedObject): boolean {
  return kind === 'Service' || /(?:\.istio\.io|^gateway\.networking\.k8s\.io)\//.test(apiVersion);
}
