import type { AuditChoice, FromAuditPage } from '../../../server/src/protocol/audit';

/** What the page remembers while it is hidden, and over a restart of the editor. */
export interface PageState {
  readonly uri?: string;
  readonly choice: AuditChoice;
}

interface VsCodeApi {
  postMessage(message: FromAuditPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The editor hands it out once for each page. */
export const vscode: VsCodeApi = acquireVsCodeApi();
