import type { ChangeTarget } from '../source/kustomization';

/** What deciding scopes needs to know of a file. Paths are relative to the workspace folder. */
export interface PlannedFile {
  readonly path: string;
  readonly form: 'yaml' | 'json' | 'markdown' | 'shell';
  /** `Kind namespace/name` of the objects it holds. */
  readonly identities: readonly string[];
  readonly kustomization?: Kustomization;
}

export interface Kustomization extends FilePlacement {
  readonly resources: readonly string[];
  readonly patches: readonly string[];
  readonly targets: readonly ChangeTarget[];
}

export interface ScopeSetting {
  readonly name: string;
  readonly include: readonly string[];
}

/** A namespace that replaces the written one, and what is put around names. */
export interface FilePlacement {
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
}

/** Files that are applied together. */
export interface PlannedScope {
  /** Unique, and the same as long as the scope means the same. */
  readonly id: string;
  /** For people: what the status and hovers show. */
  readonly name: string;
  readonly kind: 'setting' | 'kustomize' | 'chart' | 'file' | 'folder';
  readonly files: readonly string[];
  /** What kustomizations do to the metadata of a file's objects, by path. */
  readonly placements?: ReadonlyMap<string, FilePlacement>;
  /** Files of the scope that only patch others. */
  readonly patches: readonly string[];
  /** Objects that are applied otherwise than they are written. */
  readonly changed?: readonly ChangeTarget[];
  /** For folders split because siblings hold the same object: the first such object. */
  readonly splitBy?: { readonly identity: string; readonly siblings: readonly string[] };
}

/** Whether two plans do the same to the files that both of them have. */
export function appliesAlike(a: PlannedScope, b: PlannedScope): boolean {
  return how(a) === how(b);
}

function how({ placements, patches, changed }: PlannedScope): string {
  return JSON.stringify([[...(placements ?? [])], patches, changed]);
}
