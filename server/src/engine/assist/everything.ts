import type { Resource } from '../model/resource';
import type { Slot } from '../source/source';
import type { Home } from '../workspace/objects';
import { Scope } from '../workspace/scope';

/**
 * A scope in which also what the cluster would refuse, and what a template has yet to fill in, counts as if it
 * were there. Rules must not take such an object for real; who looks for it wants to find it.
 */
export function everythingIn(scope: Scope): Scope {
  if (!hasOthers(scope)) {
    shadows.delete(scope);
    return scope;
  }
  let shadow = shadows.get(scope);
  if (!shadow) {
    shadow = { scope: new Scope(scope.settings, homeOf), lists: new Map() };
    shadows.set(scope, shadow);
  }
  follow(shadow, scope);
  return shadow.scope;
}

interface Shadow {
  readonly scope: Scope;
  /** What the shadow was made from, by document. */
  readonly lists: Map<Slot, readonly Resource[]>;
}

const shadows = new WeakMap<Scope, Shadow>();

function hasOthers(scope: Scope): boolean {
  for (const slot of scope.slots()) {
    if (scope.resourcesOf(slot).some((it) => it.standing !== 'accepted')) {
      return true;
    }
  }
  return false;
}

function follow({ scope: shadow, lists }: Shadow, scope: Scope): void {
  const changes = new Map<Slot, readonly Resource[]>();
  const gone = new Set(lists.keys());
  for (const slot of scope.slots()) {
    const list = scope.resourcesOf(slot);
    gone.delete(slot);
    if (lists.get(slot) !== list) {
      lists.set(slot, list);
      changes.set(slot, list.map(accepted));
    }
  }
  for (const slot of gone) {
    lists.delete(slot);
    changes.set(slot, []);
  }
  shadow.configure(scope.settings);
  if (changes.size > 0) {
    shadow.change(changes);
  }
}

function accepted(resource: Resource): Resource {
  return resource.standing === 'accepted' ? resource : { ...resource, standing: 'accepted' };
}

/** Which file a document is in makes no difference to who looks for it. */
function homeOf({ slot, base }: Resource): Home {
  return {
    file: '',
    order: `${String(slot.id).padStart(9, '0')} ${String(base[1] ?? 0).padStart(6, '0')}`,
  };
}
