import { type Disposable, type ExtensionContext, ViewColumn, type WebviewPanel, window } from 'vscode';
import { isSelected } from '../documents';
import type { EgressClient } from '../egress-client';
import { PanelHost } from '../panels/panel-host';
import { AuditPanel } from './audit-panel';

const kind = { viewType: 'istioEgress.audit', title: 'Egress Audit', bundle: 'audit-view' };

/** The one panel that shows audits; that of another scope takes the place of the one before. */
export class AuditPanels implements Disposable {
  readonly #client: EgressClient;
  readonly #host: PanelHost;
  #open: AuditPanel | undefined;

  constructor(context: ExtensionContext, client: EgressClient) {
    this.#client = client;
    this.#host = new PanelHost(context, kind, (panel) => void this.#adopt(panel, undefined));
  }

  /** The audit of the scope of the file in front, else of the one that is shown already. */
  open(): void {
    const document = window.activeTextEditor?.document;
    const front = document && isSelected(document) ? document.uri.toString() : undefined;
    // A report that was just exported is no file of the scope.
    const isExport = document?.isUntitled === true && document.languageId !== 'yaml';
    const uri = (isExport ? this.#open?.uri : undefined) ?? front ?? this.#open?.uri;
    if (uri === undefined) {
      void window.showInformationMessage('Open a file with an Istio object first: its scope is audited');
      return;
    }
    if (this.#open) {
      this.#open.open(uri, ViewColumn.Active);
      return;
    }
    const place = { viewColumn: ViewColumn.Active, preserveFocus: false };
    this.#host.open(place, (panel) => this.#adopt(panel, uri));
  }

  dispose(): void {
    this.#host.dispose();
  }

  #adopt(panel: WebviewPanel, uri: string | undefined): void {
    const audit = new AuditPanel(panel, this.#client, uri);
    this.#open = audit;
    panel.onDidDispose(() => {
      if (this.#open === audit) {
        this.#open = undefined;
      }
    });
  }
}
