import { type Disposable, type ExtensionContext, ViewColumn, window } from 'vscode';
import { isSelected } from '../documents';
import type { EgressClient } from '../egress-client';
import { SinglePanel } from '../panels/single-panel';
import { AuditPanel } from './audit-panel';

const kind = { viewType: 'istioEgress.audit', title: 'Egress Audit', bundle: 'audit-view' };

/** The one panel that shows audits. */
export class AuditPanels implements Disposable {
  /** Its subject is a file of the scope. */
  readonly #panel: SinglePanel<string, AuditPanel>;

  constructor(context: ExtensionContext, client: EgressClient) {
    this.#panel = new SinglePanel(context, kind, (panel, uri) => new AuditPanel(panel, client, uri));
  }

  /** The audit of the scope of the file in front, else of the one that is shown already. */
  open(): void {
    const document = window.activeTextEditor?.document;
    const front = document && isSelected(document) ? document.uri.toString() : undefined;
    const shown = this.#panel.content?.uri;
    // A report that was just exported is no file of the scope.
    const isExport = document?.isUntitled === true && document.languageId !== 'yaml';
    const uri = (isExport ? shown : undefined) ?? front ?? shown;
    if (uri === undefined) {
      void window.showInformationMessage('Open a file with an Istio object first: its scope is audited');
      return;
    }
    this.#panel.open(uri, { viewColumn: ViewColumn.Active, preserveFocus: false });
  }

  dispose(): void {
    this.#panel.dispose();
  }
}
