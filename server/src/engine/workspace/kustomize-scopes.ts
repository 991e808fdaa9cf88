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
  const reach = new Reach(kustomizations, byPath);
  reach.follow(root, {});
  return {
    id: `kustomize:${root}`,
    name: root === '' ? 'kustomization' : root,
    kind: 'kustomize',
    files: [...reach.files.keys()],
    placements: reach.files,
    patches: [...reach.patches],
    ...(reach.changed.length > 0 && { changed: reach.changed }),
  };
}

/** What an overlay reaches, and what is done to it on the way. */
class Reach {
  /** In the order in which they are reached. */
  readonly files = new Map<string, FilePlacement>();
  readonly patches = new Set<string>();
  readonly changed: ChangeTarget[] = [];
  readonly #visited = new Set<string>();
  readonly #kustomizations: ReadonlyMap<string, PlannedFile>;
  readonly #byPath: ReadonlyMap<string, PlannedFile>;

  constructor(kustomizations: ReadonlyMap<string, PlannedFile>, byPath: ReadonlyMap<string, PlannedFile>) {
    this.#kustomizations = kustomizations;
    this.#byPath = byPath;
  }

  follow(folder: string, outer: FilePlacement): void {
    const file = this.#kustomizations.get(folder);
    if (!file || this.#visited.has(folder)) {
      return;
    }
    this.#visited.add(folder);
    const { resources, patches, targets, ...own } = file.kustomization!;
    const placement = within(outer, own);
    this.#add(file.path, placement);
    for (const reference of resources) {
      this.#resource(joinPath(folder, reference), placement);
    }
    this.changed.push(...targets);
    for (const reference of patches) {
      this.#patch(joinPath(folder, reference), placement);
    }
  }

  #resource(target: string, placement: FilePlacement): void {
    if (this.#kustomizations.has(target)) {
      this.follow(target, placement);
    } else if (this.#byPath.has(target)) {
      this.#add(target, placement);
    } else {
      // A folder without a kustomization: Kustomize would refuse it, people mean its files.
      const inside = [...this.#byPath.keys()].filter((it) => isWithin(it, target));
      inside.forEach((path) => void this.#add(path, placement));
    }
  }

  #patch(target: string, placement: FilePlacement): void {
    const patch = this.#byPath.get(target);
    if (patch) {
      this.#add(target, placement);
      this.patches.add(target);
      this.changed.push(...patch.identities.map(targetOf));
    }
  }

  #add(path: string, placement: FilePlacement): void {
    if (!this.files.has(path)) {
      this.files.set(path, placement);
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
