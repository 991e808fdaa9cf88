import type { SchemaNode } from '../schema/schema-node';
import type { Span } from '../text/span';
import type { Path } from '../yaml/node';
import type { Cursor } from './cursor';
import type { Placement } from './insert-text';
import type { Manifest } from './manifest';
import type { Spot } from './spot';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'reference' | 'snippet';
  /** Its lines after the first are indented as the document is; where that stands in a file, the file adds. */
  readonly insertText: string;
  /** Whether the text has places to fill in, in the syntax of snippets. */
  readonly snippet: boolean;
  readonly replace: Span;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  readonly sortText: string;
  readonly deprecated?: boolean;
  /** Something else can be completed right behind it. */
  readonly more?: boolean;
}

/** An item before anyone knows where it goes. */
export type Offer = Omit<CompletionItem, 'replace' | 'sortText'>;

/** Everything that the items of one place are made from. */
export interface CompletionContext {
  readonly spot: Spot;
  readonly cursor: Cursor;
  readonly manifest: Manifest;
  /** From the root of the object. */
  readonly path: Path;
  readonly placement: Placement;
  readonly node: SchemaNode | undefined;
}
