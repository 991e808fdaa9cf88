import { type Disposable, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { type GraphParams, graphRequest } from '../../../server/src/protocol';
import type { EgressClient } from '../egress-client';
import { graphPage } from './page';

/** The one panel that shows the graph of the document in front. */
export class GraphPanel implements Disposable {
  readonly #context: ExtensionContext;
  readonly #client: EgressClient;
  #panel: WebviewPanel | undefined;

  constructor(context: ExtensionContext, client: EgressClient) {
    this.#context = context;
    this.#client = client;
  }

  async open(column: ViewColumn): Promise<void> {
    const uri = window.activeTextEditor?.document.uri.toString();
    if (uri === undefined) {
      void window.showInformationMessage('Open a file with an Istio object first: the graph shows its scope');
      return;
    }
    this.#panel ??= this.#create(column);
    this.#panel.reveal(column, column === ViewColumn.Beside);
    const params: GraphParams = { uri, extent: 'scope' };
    await this.#panel.webview.postMessage({
      type: 'graph',
      graph: await this.#client.request(graphRequest, params),
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #create(column: ViewColumn): WebviewPanel {
    const dist = Uri.joinPath(this.#context.extensionUri, 'dist');
    const panel = window.createWebviewPanel('istioEgress.graph', 'Egress Graph', column, {
      enableScripts: true,
      localResourceRoots: [dist],
    });
    panel.webview.html = graphPage(panel.webview, dist);
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    return panel;
  }
}
