import { type Disposable, type ExtensionContext, ViewColumn } from 'vscode';
import type { TraceParams } from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { SinglePanel } from '../panels/single-panel';
import { type TraceListener, TracePanel } from './trace-panel';

const kind = { viewType: 'istioEgress.trace', title: 'Trace', bundle: 'trace-view' };

/** The one panel that shows traces. */
export class TracePanels implements Disposable {
  readonly #panel: SinglePanel<TraceParams, TracePanel>;

  constructor(context: ExtensionContext, client: EgressClient, listener: TraceListener) {
    this.#panel = new SinglePanel(
      context,
      kind,
      (panel, params) => new TracePanel(panel, client, listener, params),
    );
  }

  /** The file whose scope the shown request is followed through. */
  get uri(): string | undefined {
    return this.#panel.content?.params?.uri;
  }

  open(params: TraceParams): void {
    this.#panel.open(params, { viewColumn: ViewColumn.Beside, preserveFocus: true });
  }

  dispose(): void {
    this.#panel.dispose();
  }
}
