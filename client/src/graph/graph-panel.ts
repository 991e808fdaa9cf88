import { commands, Disposable, type TextEditor, ViewColumn, type WebviewPanel, window } from 'vscode';
import {
  type DocumentInfo,
  type DocumentInfoParams,
  documentInfoRequest,
  type FromGraphPage,
  type GraphChoice,
  type GraphParams,
  type GraphPicture,
  type GraphSpotParams,
  type GraphSpotResult,
  graphRequest,
  graphSpotRequest,
  type ToGraphPage,
} from '../../../server/src/protocol';
import { type GraphWayParams, graphWayRequest } from '../../../server/src/protocol/trace';
import { isSelected } from '../documents';
import type { EgressClient } from '../egress-client';
import { Pause } from './pause';
import { reveal } from './reveal';

/** The cursor moves with every key, and a picture need not. */
const pauses = { cursor: 80, text: 50 };

/** One panel: answers what its page asks, and tells the page what the editor does. */
export class GraphPanel {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #subscriptions: Disposable;
  readonly #cursor = new Pause(pauses.cursor);
  readonly #redraw = new Pause(pauses.text);
  /** The file whose graph is shown. */
  #uri: string | undefined;
  /** The last file in front that has a graph. */
  #front: string | undefined;
  #way: Way | undefined;
  /** Whether someone heard that the way is not drawn. */
  #isTold = false;
  #choice: GraphChoice = { extent: 'scope' };
  #follow = true;
  /** Answers may overtake each other; only the last question counts. */
  #asked = 0;
  #fronts = 0;
  #isStale = false;

  constructor(panel: WebviewPanel, client: EgressClient, uri: string | undefined) {
    this.#panel = panel;
    this.#client = client;
    this.#uri = uri;
    this.#front = uri;
    this.#subscriptions = Disposable.from(
      this.#cursor,
      this.#redraw,
      panel.webview.onDidReceiveMessage((message: FromGraphPage) => this.#hear(message)),
      panel.onDidChangeViewState(() => this.#shown()),
      client.onAnswersChanged(() => this.#changed()),
      client.onStateChanged(() => this.#restarted()),
      window.onDidChangeActiveTextEditor((editor) => void this.#fronted(editor)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === window.activeTextEditor) {
          this.#way = undefined;
          this.#cursor.run(() => this.#tellSpot());
        }
      }),
    );
    panel.onDidDispose(() => this.#subscriptions.dispose());
  }

  /** Whether it shows the graph of whatever editor is in front. */
  get follows(): boolean {
    return this.#follow;
  }

  /** Comes to the front with the graph of a file. */
  open(uri: string, column: ViewColumn): void {
    const isBeside = column === ViewColumn.Beside;
    // A panel that can be seen stays where someone has put it.
    this.#front = uri;
    this.#panel.reveal(isBeside && this.#panel.visible ? this.#panel.viewColumn : column, isBeside);
    this.#show(uri);
  }

  /** Marks a way until the cursor moves. */
  showWay(way: Way): void {
    this.#way = way;
    this.#isTold = false;
    void this.#tellSpot();
  }

  #show(uri: string): void {
    if (this.#uri !== uri) {
      this.#uri = uri;
      void this.#draw();
    }
  }

  #hear(message: FromGraphPage): void {
    switch (message.type) {
      case 'ask':
        this.#choice = message.choice;
        this.#follow = message.follow;
        this.#uri ??= message.uri;
        if (this.#follow) {
          this.#uri = this.#front ?? this.#uri;
        }
        void this.#draw();
        break;
      case 'reveal':
        void reveal(message.place, this.#panel.viewColumn, this.#client.log);
        break;
      case 'new-route':
        void commands.executeCommand('istioEgress.newEgressRoute');
        break;
    }
  }

  /** Only a file that holds an Istio object takes the place of the one before. */
  async #fronted(editor: TextEditor | undefined): Promise<void> {
    this.#cursor.run(() => this.#tellSpot());
    if (!editor || !isSelected(editor.document)) {
      return;
    }
    const uri = editor.document.uri.toString();
    const turn = ++this.#fronts;
    const info = await this.#client
      .request<DocumentInfo>(documentInfoRequest, { uri } satisfies DocumentInfoParams)
      .catch(() => undefined);
    if (info?.isIstio && turn === this.#fronts) {
      this.#front = uri;
      if (this.#follow) {
        this.#show(uri);
      }
    }
  }

  /** A panel that comes back with the editor is there before the server, and may not know its file any more. */
  #restarted(): void {
    if (this.#uri === undefined) {
      void this.#fronted(window.activeTextEditor ?? window.visibleTextEditors[0]);
    }
    this.#changed();
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
    const params = this.#params();
    const message = params ? await this.#picture(params) : nothingOpen;
    if (turn !== this.#asked || message === undefined) {
      return;
    }
    if (message.type === 'picture') {
      const { scope } = message.picture;
      this.#panel.title = scope === '' ? 'Egress Graph' : `Egress Graph: ${scope}`;
    }
    await this.#panel.webview.postMessage(message);
    await this.#tellSpot();
  }

  async #picture(params: GraphParams): Promise<ToGraphPage | undefined> {
    const { state } = this.#client;
    if (state === 'stopped') {
      return {
        type: 'trouble',
        message: 'The language server has stopped: run "Istio Egress: Restart Server"',
      };
    }
    if (state === 'starting') {
      // The change of state draws it.
      return undefined;
    }
    try {
      return {
        type: 'picture',
        params,
        picture: await this.#client.request<GraphPicture>(graphRequest, params),
      };
    } catch (error) {
      this.#client.log.warn(`No graph of ${params.uri}: ${String(error)}`);
      return { type: 'trouble', message: 'The language server gave no answer: the log says more' };
    }
  }

  /** Tells the page what to mark: a way someone asked for, else what stands at the cursor. */
  async #tellSpot(): Promise<void> {
    const shown = this.#params();
    if (!shown || !this.#panel.visible) {
      return;
    }
    const turn = this.#asked;
    try {
      const spot = await (this.#way ? this.#spotOfWay(shown, this.#way) : this.#spotAtCursor(shown));
      if (spot && turn === this.#asked) {
        await this.#panel.webview.postMessage({ type: 'spot', spot } satisfies ToGraphPage);
      }
    } catch (error) {
      this.#client.log.debug(`No place in the graph of ${shown.uri}: ${String(error)}`);
    }
  }

  async #spotOfWay(shown: GraphParams, way: Way): Promise<GraphSpotResult> {
    const params: GraphWayParams = { ...shown, ...way };
    const spot = await this.#client.request<GraphSpotResult>(graphWayRequest, params);
    if (spot.edges.length === 0 && !this.#isTold) {
      this.#isTold = true;
      void window.showInformationMessage(
        'The graph draws the requests that the files make one expect, and this is none of them',
      );
    }
    return spot;
  }

  async #spotAtCursor(shown: GraphParams): Promise<GraphSpotResult | undefined> {
    const editor = window.activeTextEditor;
    if (!editor || !isSelected(editor.document)) {
      return undefined;
    }
    const { line, character } = editor.selection.active;
    const at = { uri: editor.document.uri.toString(), position: { line, character } };
    const params: GraphSpotParams = { ...shown, at };
    return await this.#client.request<GraphSpotResult>(graphSpotRequest, params);
  }

  #params(): GraphParams | undefined {
    return this.#uri === undefined ? undefined : { uri: this.#uri, ...this.#choice };
  }
}

/** A way of a request, to be marked. */
type Way = Pick<GraphWayParams, 'call' | 'way'>;

const nothingOpen: ToGraphPage = {
  type: 'trouble',
  message: 'Open a file with an Istio object: the graph shows what it is applied together with',
};
