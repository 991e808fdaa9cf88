import { randomBytes } from 'node:crypto';
import {
  type Disposable,
  type ExtensionContext,
  Uri,
  ViewColumn,
  type WebviewOptions,
  type WebviewPanel,
  window,
} from 'vscode';
import { isSelected } from '../documents';
import type { EgressClient } from '../egress-client';
import { pageFor } from '../graph/page';
import { AuditPanel } from './audit-panel';

const viewType = 'istioEgress.audit';

/** The one panel that shows audits; that of another scope takes the place of the one before. */
export class AuditPanels implements Disposable {
  readonly #context: ExtensionContext;
  readonly #client: EgressClient;
  readonly #serializer: Disposable;
  #open: { readonly panel: WebviewPanel; readonly audit: AuditPanel } | undefined;

  constructor(context: ExtensionContext, client: EgressClient) {
    this.#context = context;
    this.#client = client;
    this.#serializer = window.registerWebviewPanelSerializer(viewType, {
      // What the page remembers, it asks for by itself.
      deserializeWebviewPanel: async (panel) => {
        panel.webview.options = this.#options();
        this.#adopt(panel, undefined);
      },
    });
  }

  /** The audit of the scope of the file in front, else of the one that is shown already. */
  open(): void {
    const document = window.activeTextEditor?.document;
    const front = document && isSelected(document) ? document.uri.toString() : undefined;
    const uri = front ?? this.#open?.audit.uri;
    if (uri === undefined) {
      void window.showInformationMessage('Open a file with an Istio object first: its scope is audited');
      return;
    }
    if (this.#open) {
      this.#open.audit.open(uri, ViewColumn.Active);
      return;
    }
    const options = { ...this.#options(), enableFindWidget: true };
    this.#adopt(window.createWebviewPanel(viewType, 'Egress Audit', ViewColumn.Active, options), uri);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#open?.panel.dispose();
  }

  #adopt(panel: WebviewPanel, uri: string | undefined): void {
    this.#open = { panel, audit: new AuditPanel(panel, this.#client, uri) };
    panel.onDidDispose(() => {
      if (this.#open?.panel === panel) {
        this.#open = undefined;
      }
    });
    panel.iconPath = Uri.joinPath(this.#context.extensionUri, 'docs', 'icon.png');
    const address = (name: string): string =>
      panel.webview.asWebviewUri(Uri.joinPath(this.#dist(), name)).toString();
    panel.webview.html = pageFor({
      title: 'Egress Audit',
      script: address('audit-view.js'),
      style: address('audit-view.css'),
      source: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
    });
  }

  #options(): WebviewOptions {
    return { enableScripts: true, localResourceRoots: [this.#dist()] };
  }

  #dist(): Uri {
    return Uri.joinPath(this.#context.extensionUri, 'dist');
  }
}
