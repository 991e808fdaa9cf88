import type { AuditChoice, FromAuditPage } from '../../../server/src/protocol/audit';
import { editorApi } from '../editor-api';

/** What the page remembers while it is hidden, and over a restart of the editor. */
export interface PageState {
  readonly uri?: string;
  readonly choice: AuditChoice;
}

export const vscode = editorApi<FromAuditPage, PageState>();
