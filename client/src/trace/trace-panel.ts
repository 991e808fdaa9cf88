import { commands, type ViewColumn, type WebviewPanel } from 'vscode';
import {
  type FromTracePage,
  type ToTracePage,
  type TraceCall,
  type TraceParams,
  type TraceResult,
  traceRequest,
} from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { LiveAnswer } from '../panels/live-answer';
import { reveal } from '../panels/reveal';

/** What a panel leaves to others. */
export interface TraceListener {
  showInGraph(params: TraceParams, way: number): void;
  /** Told once of each request that was opened and followed, with its URL. */
  followed(call: TraceCall, url: string): void;
}

/** The panel of a trace: asks again whenever the answer may be another, and does what its page asks. */
export class TracePanel {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #listener: TraceListener;
  readonly #live: LiveAnswer<ToTracePage>;
  #params: TraceParams | undefined;
  /** The request whose answer nobody was told of. One that came back with its window is none. */
  #opened: TraceParams | undefined;

  constructor(
    panel: WebviewPanel,
    client: EgressClient,
    listener: TraceListener,
    params: TraceParams | undefined,
  ) {
    this.#panel = panel;
    this.#client = client;
    this.#listener = listener;
    this.#params = params;
    this.#opened = params;
    this.#live = new LiveAnswer<ToTracePage>(panel, client, {
      ask: () => this.#trace(),
      trouble: (message) => ({ type: 'trouble', message, ...(this.#params && { params: this.#params }) }),
      sent: (message) => this.#sent(message),
    });
    panel.webview.onDidReceiveMessage((message: FromTracePage) => this.#hear(message));
    panel.onDidDispose(() => this.#live.dispose());
  }

  get params(): TraceParams | undefined {
    return this.#params;
  }

  open(params: TraceParams, column: ViewColumn): void {
    this.#params = params;
    this.#opened = params;
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
          this.#listener.showInGraph(this.#params, message.way);
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

  #sent(message: ToTracePage): void {
    if (message.type !== 'trace') {
      return;
    }
    const { params, result } = message;
    this.#panel.title = `Trace: ${params.call.host}`;
    if (this.#opened === params && result.url !== '') {
      this.#opened = undefined;
      this.#listener.followed(params.call, result.url);
    }
  }
}

const nothingAsked: ToTracePage = {
  type: 'trouble',
  message: 'Name a request: it is followed through every proxy to where it ends',
};
