import { commands, type ViewColumn, type WebviewPanel } from 'vscode';
import {
  type FromTracePage,
  type ToTracePage,
  type TraceParams,
  type TraceResult,
  traceRequest,
} from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { LiveAnswer } from '../panels/live-answer';
import { reveal } from '../panels/reveal';

/** The panel of a trace: asks again whenever the answer may be another, and does what its page asks. */
export class TracePanel {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #showInGraph: (params: TraceParams, way: number) => void;
  readonly #live: LiveAnswer<ToTracePage>;
  #params: TraceParams | undefined;

  constructor(
    panel: WebviewPanel,
    client: EgressClient,
    showInGraph: (params: TraceParams, way: number) => void,
    params: TraceParams | undefined,
  ) {
    this.#panel = panel;
    this.#client = client;
    this.#showInGraph = showInGraph;
    this.#params = params;
    this.#live = new LiveAnswer<ToTracePage>(panel, client, {
      ask: () => this.#trace(),
      trouble: (message) => ({ type: 'trouble', message, ...(this.#params && { params: this.#params }) }),
      sent: (message) => this.#entitle(message),
    });
    panel.webview.onDidReceiveMessage((message: FromTracePage) => this.#hear(message));
    panel.onDidDispose(() => this.#live.dispose());
  }

  get params(): TraceParams | undefined {
    return this.#params;
  }

  open(params: TraceParams, column: ViewColumn): void {
    this.#params = params;
    // A panel that can be seen stays where someone has put it.
    this.#panel.reveal(this.#panel.visible ? this.#panel.viewColumn : column, true);
    void this.#live.draw();
  }

  #hear(message: FromTracePage): void {
    switch (message.type) {
      case 'ask':
        this.#params ??= message.params;
        void this.#live.draw();
        break;
      case 'reveal':
        void reveal(message.place, this.#panel.viewColumn, this.#client.log);
        break;
      case 'show-in-graph':
        if (this.#params) {
          this.#showInGraph(this.#params, message.way);
        }
        break;
      case 'other-request':
        void commands.executeCommand('istioEgress.traceRequest');
        break;
    }
  }

  async #trace(): Promise<ToTracePage> {
    const params = this.#params;
    if (!params) {
      return nothingAsked;
    }
    return { type: 'trace', params, result: await this.#client.request<TraceResult>(traceRequest, params) };
  }

  #entitle(message: ToTracePage): void {
    if (message.type === 'trace') {
      this.#panel.title = `Trace: ${message.params.call.host}`;
    }
  }
}

const nothingAsked: ToTracePage = {
  type: 'trouble',
  message: 'Name a request: it is followed through every proxy to where it ends',
};
