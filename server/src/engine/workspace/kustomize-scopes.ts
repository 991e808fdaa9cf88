import type { ChangeTarget } from '../source/kustomization';
import { folderOf, isWithin, joinPath } from './paths';
import type { FilePlacement, PlannedFile, PlannedScope } from './planned-scope';

/**
 * One scope for each kustomization that no other one reaches: an overlay with all its bases. A base that several
 * overlays reach belongs to each of them.
 */
export function kustomizeScopes(files: readonly PlannedFile[]): PlannedScope[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const kustomizations = new Map<string, PlannedFile>();
  for (const file of files) {
    if (file.kustomization) {
      kustomizations.set(folderOf(file.path), file);
    }
  }
  const reached = new Set<string>();
  for (const [folder, file] of kustomizations) {
    for (const reference of file.kustomization!.resources) {
      const target = joinPath(folder, reference);
      if (target !== folder) {
        reached.add(target);
      }
    }
  }
  return [...kustomizations.keys()]
    .filter((folder) => !reached.has(folder))
    .map((folder) => kustomizeScope(folder, kustomizations, byPath));
}

function kustomizeScope(
  root: string,
  kustomizations: ReadonlyMap<string, PlannedFile>,
  byPath: ReadonlyMap<string, PlannedFile>,
): PlannedScope {
  const reached: Reached = { files: new Map(), patches: new Set(), changed: [], visited: new Set() };
  reach(root, {}, kustomizations, byPath, reached);
  return {
    id: `kustomize:${root}`,
    name: root === '' ? 'kustomization' : root,
    kind: 'kustomize',
    files: [...reached.files.keys()],
    placements: reached.files,
    patches: [...reached.patches],
    ...(reached.changed.length > 0 && { changed: reached.changed }),
  };
}

interface Reached {
  readonly files: Map<string, FilePlacement>;
  readonly patches: Set<string>;
  readonly changed: ChangeTarget[];
  readonly visited: Set<string>;
}

function reach(
  folder: string,
  outer: FilePlacement,
  kustomizations: ReadonlyMap<string, PlannedFile>,
  byPath: ReadonlyMap<string, PlannedFile>,
  reached: Reached,
): void {
  const file = kustomizations.get(folder);
  if (!file || reached.visited.has(folder)) {
    return;
  }
  const placement = within(outer, file.kustomization!);
  const add = (path: string): void => {
    // Which files there are is told in the order in which they are reached.
    if (!reached.files.has(path)) {
      reached.files.set(path, placement);
    }
  };
  reached.visited.add(folder);
  add(file.path);
  for (const reference of file.kustomization!.resources) {
    const target = joinPath(folder, reference);
    if (kustomizations.has(target)) {
      reach(target, placement, kustomizations, byPath, reached);
    } else {
      // A folder without a kustomization: Kustomize would refuse it, people mean its files.
      const own = byPath.has(target) ? [target] : [...byPath.keys()].filter((it) => isWithin(it, target));
      own.forEach(add);
    }
  }
  reached.changed.push(...file.kustomization!.targets);
  for (const reference of file.kustomization!.patches) {
    const target = joinPath(folder, reference);
    const patch = byPath.get(target);
    if (patch) {
      add(target);
      reached.patches.add(target);
      reached.changed.push(...patch.identities.map(targetOf));
    }
  }
}

/** The innermost names come first, and the outermost namespace has the last word. */
function within(outer: FilePlacement, own: FilePlacement): FilePlacement {
  const namespace = outer.namespace ?? own.namespace;
  const namePrefix = `${outer.namePrefix ?? ''}${own.namePrefix ?? ''}`;
  const nameSuffix = `${own.nameSuffix ?? ''}${outer.nameSuffix ?? ''}`;
  return {
    ...(namespace !== undefined && { namespace }),
    ...(namePrefix !== '' && { namePrefix }),
    ...(nameSuffix !== '' && { nameSuffix }),
  };
}

/** A patch names the object that it changes as if it were that one. */
function targetOf(identity: string): ChangeTarget {
  const [, kind, name] = /^(\S+) .*\/([^/]*)$/.exec(identity) ?? [];
  return { ...(kind && { kind }), ...(name && { name }) };
}
