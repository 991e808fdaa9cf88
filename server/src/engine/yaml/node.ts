import type { Span } from '../text/span';

// The tree that every layer above reads. Two readers build it (see `read.ts`) and a test holds them to the
// same tree, values and offsets, so nobody above needs to know which one ran.

export type YamlNode = YamlMap | YamlSeq | YamlScalar | YamlAlias;

interface NodeBase extends Span {
  /** Name behind `&`, without the sign. */
  readonly anchor?: string;
  /** The tag as written, such as `!!str`. */
  readonly tag?: string;
}

/**
 * `start` is the first character of the first key, or the opening brace. `end` is behind the last character
 * of the last value that has one, or behind the closing brace; it never covers trailing white space or comments.
 */
export interface YamlMap extends NodeBase {
  readonly type: 'map';
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlPair {
  readonly key: YamlNode;
  /** A value that is not written is a null scalar with an empty span right behind the colon. */
  readonly value: YamlNode;
}

/** `start` is the first dash, or the opening bracket. `end` as in {@link YamlMap}. */
export interface YamlSeq extends NodeBase {
  readonly type: 'seq';
  readonly flow: boolean;
  readonly items: readonly YamlNode[];
}

/** `start` and `end` include quotes, and for block scalars the header (`|-`) up to the last content character. */
export interface YamlScalar extends NodeBase {
  readonly type: 'scalar';
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  /** What Kubernetes makes of it: YAML 1.1 as go-yaml reads it, see `scalar.ts`. */
  readonly value: string | number | boolean | null;
}

/** The span covers the sign and the name: `*name`. */
export interface YamlAlias extends NodeBase {
  readonly type: 'alias';
  readonly name: string;
  /** Absent when no anchor of that name stands before it. Never an alias itself. */
  readonly target: YamlNode | undefined;
}

/** One YAML document. Spans count from the start of its own text, so it stays valid wherever it moves. */
export interface YamlDocument {
  readonly text: string;
  /** Absent for an empty document. For broken text, whatever could be read. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
  /** Says that text follows which the cluster does not look at. It may take the document all the same. */
  readonly unread?: YamlProblem;
}

/** What is wrong with the text for the cluster's reader, which refuses it for all but text that it does not read. */
export interface YamlProblem {
  readonly code: YamlProblemCode;
  readonly message: string;
  readonly span: Span;
}

export type YamlProblemCode =
  | 'syntax'
  | 'tab-indent'
  | 'duplicate-key'
  | 'unknown-alias'
  | 'alias-bomb'
  | 'too-deep'
  | 'unread-text'
  | 'not-in-go-yaml';

export type Scalar = string | number | boolean | null;

/** Steps from the root of a document: map keys and sequence indices. */
export type Path = readonly (string | number)[];
