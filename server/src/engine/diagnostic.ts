import type { Finding, Layer, Severity, Subject } from './model/finding';
import type { TextEdit } from './text/edit';
import type { Span } from './text/span';

/** A finding where it stands now, in offsets of its file. */
export interface Diagnostic {
  readonly code: string;
  readonly istio?: string;
  readonly severity: Severity;
  readonly layer: Layer;
  readonly span: Span;
  readonly message: string;
  readonly subject?: Subject;
  readonly related: readonly DiagnosticRelated[];
  /** What {@link Engine.fixes} wants back. */
  readonly finding: Finding;
}

export interface DiagnosticRelated {
  readonly uri: string;
  readonly span: Span;
  readonly subject?: Subject;
  readonly message: string;
}

/** A fix as text edits, by file. */
export interface FileFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly safe: boolean;
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
}
