import type { Span } from '../text/span';
import type { YamlDocument } from '../yaml/node';

// What a file holds, whatever its form: located YAML documents. Everything above works on documents and
// never asks whether they came from a `.yaml` file, a Markdown fence or a heredoc.

export type SourceForm = 'yaml' | 'json' | 'markdown' | 'shell';

/** One version of one file. */
export interface SourceFile {
  readonly uri: string;
  readonly text: string;
  readonly form: SourceForm;
  /** The line ending generated text has to use. */
  readonly eol: '\n' | '\r\n';
  readonly entries: readonly SourceEntry[];
  /** Set when the file was not read at all. */
  readonly skipped?: 'too-large' | 'binary';
}

/** A document and where it sits in this version of its file. Only `place` changes when text above it moves. */
export interface SourceEntry {
  /** Stays the same object while the document is edited and moved, so findings of others can name it. */
  readonly slot: Slot;
  readonly place: Place;
  readonly document: SourceDocument;
}

/** The lasting identity of a document. */
export interface Slot {
  readonly id: number;
}

/** Maps offsets of a document's own text to offsets of the file, across the indentation of a fence. */
export interface Place {
  toFile(offset: number): number;
  /** `undefined` when the offset lies outside the document. */
  toDocument(fileOffset: number): number | undefined;
  /** What every further line of inserted text has to start with in this file. Empty in plain YAML. */
  readonly linePrefix: string;
}

/** Everything about a document that does not depend on where it sits. Equal text keeps its object. */
export interface SourceDocument {
  /** Read from a text of the same length, in which what a template or a shell fills in may be masked. */
  readonly yaml: YamlDocument;
  /** What is filled in before the cluster sees it, in order. Their values mean nothing. */
  readonly holes: readonly Span[];
  /**
   * `template`: rendered by Helm or a shell before it is applied, so what is missing may come from there.
   * `fragment`: a piece of a manifest in prose, without apiVersion or kind.
   */
  readonly partial?: 'template' | 'fragment';
  /** The namespace of the command line that applies it (`kubectl apply -n shop`). */
  readonly commandNamespace?: string;
}

export interface SourceOptions {
  /** Whether `{{ … }}` and `$VAR` may be filled in before the cluster sees the text. Off: read as the cluster would. */
  readonly templates: boolean;
  /** Files with more characters are skipped. */
  readonly maxLength: number;
  /** Whether the file lies in the `templates` folder of a Helm chart. */
  readonly chartTemplate?: boolean;
}
