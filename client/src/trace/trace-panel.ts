import { commands, Disposable, type ViewColumn, type WebviewPanel } from 'vscode';
import {
  type FromTracePage,
  type ToTracePage,
  type TraceParams,
  type TraceResult,
  traceRequest,
} from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { Pause } from '../graph/pause';
import { reveal } from '../graph/reveal';

/** Changes come in rows. In milliseconds. */
const pauseBeforeAsking = 50;

/** The panel of a trace: asks again whenever the answer may be another, and does what its page asks. */
export class TracePanel {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #showInGraph: (params: TraceParams, way: number) => void;
  readonly #subscriptions: Disposable;
  readonly #redraw = new Pause(pauseBeforeAsking);
  #params: TraceParams | undefined;
  /** Answers may overtake each other; only the last question counts. */
  #asked = 0;
  #isStale = false;

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
    this.#subscriptions = Disposable.from(
      this.#redraw,
      panel.webview.onDidReceiveMessage((message: FromTracePage) => this.#hear(message)),
      panel.onDidChangeViewState(() => this.#shown()),
      client.onAnswersChanged(() => this.#changed()),
      client.onStateChanged(() => this.#changed()),
    );
    panel.onDidDispose(() => this.#subscriptions.dispose());
  }

  get params(): TraceParams | undefined {
    return this.#params;
  }

  open(params: TraceParams, column: ViewColumn): void {
    this.#params = params;
    // A panel that can be seen stays where someone has put it.
    this.#panel.reveal(this.#panel.visible ? this.#panel.viewColumn : column, true);
    void this.#draw();
  }

  #hear(message: FromTracePage): void {
    switch (message.type) {
      case 'ask':
        this.#params ??= message.params;
        void this.#draw();
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

  #changed(): void {
    this.#isStale = true;
    this.#redraw.run(() => this.#shown());
  }

  #shown(): void {
    if (this.#panel.visible && this.#isStale) {
      void this.#draw();
    }
  }

  async #draw(): Promise<void> {
    const turn = ++this.#asked;
    this.#isStale = false;
    const message = this.#params ? await this.#answer(this.#params) : nothingAsked;
    if (turn !== this.#asked || message === undefined) {
      return;
    }
    if (message.type === 'trace') {
      this.#panel.title = `Trace: ${message.params.call.host}`;
    }
    await this.#panel.webview.postMessage(message);
  }

  async #answer(params: TraceParams): Promise<ToTracePage | undefined> {
    const { state } = this.#client;
    if (state === 'stopped') {
      const message = 'The language server has stopped: run "Istio Egress: Restart Server"';
      return { type: 'trouble', message, params };
    }
    if (state === 'starting') {
      // The change of state draws it.
      return undefined;
    }
    try {
      return { type: 'trace', params, result: await this.#client.request<TraceResult>(traceRequest, params) };
    } catch (error) {
      this.#client.log.warn(`No trace of ${params.call.host}: ${String(error)}`);
      return { type: 'trouble', message: 'The language server gave no answer: the log says more', params };
    }
  }
}

const nothingAsked: ToTracePage = {
  type: 'trouble',
  message: 'Name a request: it is followed through every proxy to where it ends',
};
