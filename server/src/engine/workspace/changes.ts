import type { Slot } from '../source/source';
import type { PlannedScope } from './planned-scope';
import type { Scope } from './scope';

/** `text: undefined` removes the file. */
export interface FileChange {
  readonly uri: string;
  /** Relative to the workspace folder, or the whole path outside of one. */
  readonly path: string;
  readonly text: string | undefined;
  readonly languageId?: string;
}

/** A scope and why its files belong together. */
export interface LiveScope {
  readonly plan: PlannedScope;
  readonly scope: Scope;
}

/** What {@link Workspace.change} did. */
export interface WorkspaceChange {
  readonly files: readonly FileDifference[];
  /** Files may belong to other scopes now. */
  readonly replanned: boolean;
  /** Documents whose kinds have another schema now, because of a CustomResourceDefinition. */
  readonly affected: readonly Slot[];
}

export interface FileDifference {
  readonly uri: string;
  /** Documents that are new or have another text. */
  readonly changed: readonly Slot[];
  readonly removed: readonly Slot[];
}
