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
import type { TraceParams } from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { pageFor } from '../graph/page';
import { TracePanel } from './trace-panel';

const viewType = 'istioEgress.trace';

/** The one panel that shows traces; the next request takes the place of the one before. */
export class TracePanels implements Disposable {
  readonly #context: ExtensionContext;
  readonly #client: EgressClient;
  readonly #showInGraph: (params: TraceParams, way: number) => void;
  readonly #serializer: Disposable;
  #open: { readonly panel: WebviewPanel; readonly trace: TracePanel } | undefined;

  constructor(
    context: ExtensionContext,
    client: EgressClient,
    showInGraph: (params: TraceParams, way: number) => void,
  ) {
    this.#context = context;
    this.#client = client;
    this.#showInGraph = showInGraph;
    this.#serializer = window.registerWebviewPanelSerializer(viewType, {
      // What the page remembers, it asks for by itself.
      deserializeWebviewPanel: async (panel) => {
        panel.webview.options = this.#options();
        this.#adopt(panel, undefined);
      },
    });
  }

  /** The file whose scope the shown request is followed through. */
  get uri(): string | undefined {
    return this.#open?.trace.params?.uri;
  }

  open(params: TraceParams): void {
    if (this.#open) {
      this.#open.trace.open(params, ViewColumn.Beside);
      return;
    }
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const options = { ...this.#options(), enableFindWidget: true };
    this.#adopt(window.createWebviewPanel(viewType, 'Trace', place, options), params);
  }

  dispose(): void {
    this.#serializer.dispose();
    this.#open?.panel.dispose();
  }

  #adopt(panel: WebviewPanel, params: TraceParams | undefined): void {
    this.#open = { panel, trace: new TracePanel(panel, this.#client, this.#showInGraph, params) };
    panel.onDidDispose(() => {
      if (this.#open?.panel === panel) {
        this.#open = undefined;
      }
    });
    panel.iconPath = Uri.joinPath(this.#context.extensionUri, 'docs', 'icon.png');
    const address = (name: string): string =>
      panel.webview.asWebviewUri(Uri.joinPath(this.#dist(), name)).toString();
    panel.webview.html = pageFor({
      title: 'Trace',
      script: address('trace-view.js'),
      style: address('trace-view.css'),
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
