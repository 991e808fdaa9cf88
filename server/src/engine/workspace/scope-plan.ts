import picomatch from 'picomatch';
import { groupBy } from '../text/collections';
import { kustomizeScopes } from './kustomize-scopes';
import { commonFolder, fileName, folderOf, isWithin } from './paths';
import type { PlannedFile, PlannedScope, ScopeSetting } from './planned-scope';

/**
 * Decides which files are applied together. Nearest first: the user's own setting, a Kustomize overlay, a Helm
 * chart, a Markdown or shell file, and for the rest the folder, split where siblings hold the same object.
 */
export function planScopes(files: readonly PlannedFile[], settings: readonly ScopeSetting[]): PlannedScope[] {
  const left = new Map(files.map((file) => [file.path, file]));
  const scopes: PlannedScope[] = [];
  const take = (scope: PlannedScope): void => {
    scopes.push(scope);
    for (const path of scope.files) {
      left.delete(path);
    }
  };

  for (const setting of settings) {
    const matches = picomatch([...setting.include], { dot: true });
    const matched = [...left.keys()].filter((path) => matches(path));
    if (matched.length > 0) {
      take({
        id: `setting:${setting.name}`,
        name: setting.name,
        kind: 'setting',
        files: matched,
        patches: [],
      });
    }
  }
  for (const scope of kustomizeScopes([...left.values()])) {
    scopes.push(scope);
  }
  for (const path of new Set(scopes.filter((it) => it.kind === 'kustomize').flatMap((it) => it.files))) {
    left.delete(path);
  }
  for (const scope of chartScopes([...left.keys()])) {
    take(scope);
  }
  for (const file of [...left.values()]) {
    if (file.form === 'markdown' || file.form === 'shell') {
      take({ id: `file:${file.path}`, name: file.path, kind: 'file', files: [file.path], patches: [] });
    }
  }
  return [...scopes, ...folderScopes('', [...left.values()])];
}

/** Everything, for those who say that it is applied together. */
export function singleScope(files: readonly string[]): PlannedScope {
  return { id: 'all', name: 'all files', kind: 'folder', files, patches: [] };
}

function chartScopes(paths: readonly string[]): PlannedScope[] {
  const charts = paths.filter((path) => fileName(path) === 'Chart.yaml').map(folderOf);
  // The innermost chart owns a file: a subchart under `charts/` is a chart of its own.
  const byDepth = [...charts].sort((a, b) => b.length - a.length);
  const owned = groupBy(paths, (path) => byDepth.find((chart) => isWithin(path, chart)));
  return charts.map((chart) => ({
    id: `chart:${chart}`,
    name: chart === '' ? 'chart' : chart,
    kind: 'chart' as const,
    files: owned.get(chart) ?? [],
    patches: [],
  }));
}

/**
 * One scope for a folder, unless two of its children hold the same object: then they cannot be applied together,
 * and each child becomes a scope of its own, with the folder's own files in another.
 */
function folderScopes(folder: string, files: readonly PlannedFile[]): PlannedScope[] {
  if (files.length === 0) {
    return [];
  }
  const clash = firstClash(folder, files);
  if (!clash) {
    return [folderScope(folder, files)];
  }
  const children = groupBy(files, (file) => childFolder(folder, file.path));
  const siblings = [...children.keys()].filter((child) => child !== undefined);
  const splitBy = { identity: clash, siblings };
  const scopes: PlannedScope[] = [];
  for (const [child, inside] of children) {
    if (child === undefined) {
      scopes.push(folderScope(folder, inside));
      continue;
    }
    for (const scope of folderScopes(child, inside)) {
      scopes.push({ ...scope, splitBy: scope.splitBy ?? splitBy });
    }
  }
  return scopes;
}

function folderScope(folder: string, files: readonly PlannedFile[]): PlannedScope {
  return {
    id: `folder:${folder}`,
    name: folder === '' ? 'workspace' : folder,
    kind: 'folder',
    files: files.map((file) => file.path),
    patches: [],
  };
}

/** The first object that stands in two different folders below `folder`. */
function firstClash(folder: string, files: readonly PlannedFile[]): string | undefined {
  const home = new Map<string, string>();
  for (const file of files) {
    const own = folderOf(file.path);
    for (const identity of file.identities) {
      const other = home.get(identity);
      if (other === undefined) {
        home.set(identity, own);
      } else if (other !== own && isWithin(commonFolder(other, own), folder)) {
        return identity;
      }
    }
  }
  return undefined;
}

/** The folder directly below `folder` that holds `path`, or nothing for a file of the folder itself. */
function childFolder(folder: string, path: string): string | undefined {
  const rest = folder === '' ? path : path.slice(folder.length + 1);
  const slash = rest.indexOf('/');
  if (slash < 0) {
    return undefined;
  }
  return folder === '' ? rest.slice(0, slash) : `${folder}/${rest.slice(0, slash)}`;
}
