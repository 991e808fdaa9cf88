import type { TextEdit } from '../text/edit';
import type { Path, Scalar, YamlDocument } from './node';

/** What an edit may write. `undefined` members are left out. */
export type YamlValue = Scalar | readonly YamlValue[] | { readonly [key: string]: YamlValue | undefined };

/**
 * A change to a document in terms of its structure. Comments, quotes, indentation and every line that the
 * change does not concern stay byte for byte.
 */
export type YamlEdit =
  /** Sets the value at `path`; parents that are not written are created, an existing value is replaced. */
  | { readonly op: 'set'; readonly path: Path; readonly value: YamlValue }
  /** Inserts an item into the sequence at `path`, at its end without `index`. Creates the sequence when absent. */
  | { readonly op: 'insert'; readonly path: Path; readonly index?: number; readonly value: YamlValue }
  /** Removes the key or the item at `path`, with its own comment lines; a parent left empty becomes `{}` or `[]`, or goes too. */
  | { readonly op: 'remove'; readonly path: Path }
  /** Gives the key at `path` another name. */
  | { readonly op: 'rename'; readonly path: Path; readonly key: string };

/** How a file writes YAML; found in its own text, or given for a new one. */
export interface YamlStyle {
  /** Columns a nested map moves to the right. */
  readonly indent: number;
  /** Whether the dashes of a sequence stand deeper than its key. */
  readonly indentSequences: boolean;
  readonly eol: '\n' | '\r\n';
}

export type EditDocument = (document: YamlDocument, edits: readonly YamlEdit[]) => TextEdit[];
