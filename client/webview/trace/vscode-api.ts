import type { FromTracePage, TraceParams } from '../../../server/src/protocol/trace';

/** What the page remembers while it is hidden, and over a restart of the editor. */
export interface PageState {
  readonly params?: TraceParams;
  /** Which lists are not as they usually are, open or closed, by their place on the page. */
  readonly turned?: readonly string[];
}

interface VsCodeApi {
  postMessage(message: FromTracePage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The editor hands it out once for each page. */
export const vscode: VsCodeApi = acquireVsCodeApi();
