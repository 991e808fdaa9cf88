import type { Slot } from '../source/source';
import type { TextEdit } from '../text/edit';
import type { Span } from '../text/span';
import type { YamlEdit, YamlValue } from '../yaml/edit';
import type { Path } from '../yaml/node';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Who would say it: the YAML reader, the API server, istiod, `istioctl analyze`, or the traffic itself. */
export type Layer = 'yaml' | 'schema' | 'istiod' | 'analysis' | 'traffic';

/** The first of the cluster's readers that refuses an object. */
export type Rejecter = 'yaml' | 'apiserver' | 'istiod';

/**
 * A place in a document by structure, or by text where there is no structure. Paths count from the document's
 * root, so they survive every edit that does not change the structure above them.
 */
export type Anchor = { readonly path: Path; readonly part?: 'key' | 'value' } | { readonly span: Span };

/** Names an object the way Kubernetes does. */
export interface Subject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** One thing that is wrong, on one line. */
export interface Finding {
  /** `group/name` of the rule, as in settings, pages and suppression comments. */
  readonly code: string;
  /** The code `istioctl analyze` has for it, where it has one. */
  readonly istio?: string;
  readonly severity: Severity;
  readonly layer: Layer;
  readonly slot: Slot;
  readonly at: Anchor;
  readonly message: string;
  readonly subject?: Subject;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** The other side of a contradiction. */
export interface Related {
  readonly slot: Slot;
  readonly at: Anchor;
  readonly subject?: Subject;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  /** What a person would take without thinking. At most one of a finding's fixes. */
  readonly preferred?: boolean;
  /** Right whatever the author meant, so "fix all" may apply it. */
  readonly safe?: boolean;
  readonly changes: readonly DocumentChange[];
}

/** A change to an existing document, or a document written behind the one in `slot`. */
export type DocumentChange =
  | { readonly slot: Slot; readonly edits: readonly YamlEdit[] }
  /** For what has no place in the structure, such as a comment. Offsets are those of the document. */
  | { readonly slot: Slot; readonly text: readonly TextEdit[] }
  | { readonly slot: Slot; readonly append: string }
  /** The same for an object, in the style of the document before it. */
  | { readonly slot: Slot; readonly object: YamlValue };
