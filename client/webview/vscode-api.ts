import type { FromGraphPage, GraphChoice } from '../../server/src/protocol';
import { editorApi } from './editor-api';

/** What the page remembers while it is hidden, and over a restart of the editor. */
export interface PageState {
  readonly choice: GraphChoice;
  readonly follow: boolean;
  /** The file whose graph was drawn last. */
  readonly uri?: string;
  readonly view: 'graph' | 'table';
  /** Missing as long as the picture fits itself to the page. */
  readonly zoom?: number;
  readonly scroll?: { readonly left: number; readonly top: number };
  /** Id of the node or edge that is told in full. */
  readonly selected?: string;
}

export const vscode = editorApi<FromGraphPage, PageState>();
