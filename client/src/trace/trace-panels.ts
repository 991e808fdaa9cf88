import { type Disposable, type ExtensionContext, ViewColumn, type WebviewPanel } from 'vscode';
import type { TraceParams } from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { PanelHost } from '../panels/panel-host';
import { type TraceListener, TracePanel } from './trace-panel';

const kind = { viewType: 'istioEgress.trace', title: 'Trace', bundle: 'trace-view' };

/** The one panel that shows traces; the next request takes the place of the one before. */
export class TracePanels implements Disposable {
  readonly #client: EgressClient;
  readonly #listener: TraceListener;
  readonly #host: PanelHost;
  #open: TracePanel | undefined;

  constructor(context: ExtensionContext, client: EgressClient, listener: TraceListener) {
    this.#client = client;
    this.#listener = listener;
    this.#host = new PanelHost(context, kind, (panel) => void this.#adopt(panel, undefined));
  }

  /** The file whose scope the shown request is followed through. */
  get uri(): string | undefined {
    return this.#open?.params?.uri;
  }

  open(params: TraceParams): void {
    if (this.#open) {
      this.#open.open(params, ViewColumn.Beside);
      return;
    }
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    this.#host.open(place, (panel) => this.#adopt(panel, params));
  }

  dispose(): void {
    this.#host.dispose();
  }

  #adopt(panel: WebviewPanel, params: TraceParams | undefined): void {
    const trace = new TracePanel(panel, this.#client, this.#listener, params);
    this.#open = trace;
    panel.onDidDispose(() => {
      if (this.#open === trace) {
        this.#open = undefined;
      }
    });
  }
}
