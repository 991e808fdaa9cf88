import type { FromTracePage, TraceParams } from '../../../server/src/protocol/trace';
import { editorApi } from '../editor-api';

/** What the page remembers while it is hidden, and over a restart of the editor. */
export interface PageState {
  readonly params?: TraceParams;
  /** Which lists are not as they usually are, open or closed, by their place on the page. */
  readonly turned?: readonly string[];
}

export const vscode = editorApi<FromTracePage, PageState>();
