import { folderOf, isWithin, joinPath } from './paths';
import type { PlannedFile, PlannedScope } from './planned-scope';

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
  const files = new Set<string>();
  const patches = new Set<string>();
  const visited = new Set<string>();
  const visit = (folder: string): void => {
    const file = kustomizations.get(folder);
    if (!file || visited.has(folder)) {
      return;
    }
    visited.add(folder);
    files.add(file.path);
    for (const reference of file.kustomization!.resources) {
      const target = joinPath(folder, reference);
      if (kustomizations.has(target)) {
        visit(target);
      } else if (byPath.has(target)) {
        files.add(target);
      } else {
        // A folder without a kustomization: Kustomize would refuse it, people mean its files.
        [...byPath.keys()].filter((path) => isWithin(path, target)).forEach((path) => void files.add(path));
      }
    }
    for (const reference of file.kustomization!.patches) {
      const target = joinPath(folder, reference);
      if (byPath.has(target)) {
        files.add(target);
        patches.add(target);
      }
    }
  };
  visit(root);
  const namespace = kustomizations.get(root)!.kustomization!.namespace;
  return {
    id: `kustomize:${root}`,
    name: root === '' ? 'kustomization' : root,
    kind: 'kustomize',
    files: [...files],
    patches: [...patches],
    ...(namespace !== undefined && { namespaceOverride: namespace }),
  };
}
