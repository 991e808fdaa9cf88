import { randomBytes } from 'node:crypto';
import {
  type Disposable,
  type ExtensionContext,
  Uri,
  ViewColumn,
  type Webview,
  type WebviewOptions,
  type WebviewPanel,
  window,
} from 'vscode';
import type { TraceParams } from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { GraphPanel } from './graph-panel';
import { pageFor } from './page';

const viewType = 'istioEgress.graph';

/** Every graph that is open. One of them at most follows the editor; the others stay with the file they show. */
export class GraphPanels implements Disposable {
  readonly #context: ExtensionContext;
  readonly #client: EgressClient;
  readonly #panels = new Map<WebviewPanel, GraphPanel>();
  readonly #serializer: Disposable;

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

  /** Draws a way of a request into the graph of its scope. */
  showWay(params: TraceParams, way: number): void {
    this.open(ViewColumn.Active, params.uri)?.showWay({ call: params.call, way });
  }

  open(column: ViewColumn, uri = window.activeTextEditor?.document.uri.toString()): GraphPanel | undefined {
    if (uri === undefined) {
      void window.showInformationMessage('Open a file with an Istio object first: the graph shows its scope');
      return undefined;
    }
    const following = [...this.#panels.values()].find((it) => it.follows);
    if (following) {
      following.open(uri, column);
      return following;
    }
    const place = { viewColumn: column, preserveFocus: column === ViewColumn.Beside };
    const options = { ...this.#options(), enableFindWidget: true };
    return this.#adopt(window.createWebviewPanel(viewType, 'Egress Graph', place, options), uri);
  }

  /** Panels stay: the editor closes them with the window and brings them back with the next one. */
  dispose(): void {
    this.#serializer.dispose();
  }

  #adopt(panel: WebviewPanel, uri: string | undefined): GraphPanel {
    const graph = new GraphPanel(panel, this.#client, uri);
    this.#panels.set(panel, graph);
    panel.onDidDispose(() => this.#panels.delete(panel));
    panel.iconPath = Uri.joinPath(this.#context.extensionUri, 'docs', 'icon.png');
    panel.webview.html = this.#page(panel.webview);
    return graph;
  }

  #page(webview: Webview): string {
    const address = (name: string): string =>
      webview.asWebviewUri(Uri.joinPath(this.#dist(), name)).toString();
    return pageFor({
      title: 'Egress Graph',
      script: address('webview.js'),
      style: address('webview.css'),
      source: webview.cspSource,
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
