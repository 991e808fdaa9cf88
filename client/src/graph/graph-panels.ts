import { type Disposable, type ExtensionContext, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { TraceParams } from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { PanelHost } from '../panels/panel-host';
import { GraphPanel } from './graph-panel';

const kind = { viewType: 'istioEgress.graph', title: 'Egress Graph', bundle: 'webview' };

/** Every graph that is open. One of them at most follows the editor; the others stay with the file they show. */
export class GraphPanels implements Disposable {
  readonly #client: EgressClient;
  readonly #host: PanelHost;
  readonly #panels = new Set<GraphPanel>();

  constructor(context: ExtensionContext, client: EgressClient) {
    this.#client = client;
    this.#host = new PanelHost(context, kind, (panel) => void this.#adopt(panel, undefined));
  }

  /** Draws a way of a request into the graph of its scope, which does not cover the trace where it is seen already. */
  showWay(params: TraceParams, way: number): void {
    const column = this.#following()?.column ?? ViewColumn.Active;
    this.open(column, params.uri)?.showWay({ call: params.call, way });
  }

  open(column: ViewColumn, uri = window.activeTextEditor?.document.uri.toString()): GraphPanel | undefined {
    if (uri === undefined) {
      void window.showInformationMessage('Open a file with an Istio object first: the graph shows its scope');
      return undefined;
    }
    const following = this.#following();
    if (following) {
      following.open(uri, column);
      return following;
    }
    const place = { viewColumn: column, preserveFocus: column === ViewColumn.Beside };
    return this.#host.open(place, (panel) => this.#adopt(panel, uri));
  }

  dispose(): void {
    this.#host.dispose();
  }

  #following(): GraphPanel | undefined {
    return [...this.#panels].find((it) => it.follows);
  }

  #adopt(panel: WebviewPanel, uri: string | undefined): GraphPanel {
    const graph = new GraphPanel(panel, this.#client, uri);
    this.#panels.add(graph);
    panel.onDidDispose(() => this.#panels.delete(graph));
    return graph;
  }
}
