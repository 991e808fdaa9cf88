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
import { LiveAnswer } from '../panels/live-answer';
import { Pause } from '../panels/pause';
import { reveal } from '../panels/reveal';

/** The cursor moves with every key, and a picture need not. In milliseconds. */
const pauseOfCursor = 80;

/** One panel: answers what its page asks, and tells the page what the editor does. */
export class GraphPanel {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #subscriptions: Disposable;
  readonly #cursor = new Pause(pauseOfCursor);
  readonly #live: LiveAnswer<ToGraphPage>;
  /** The file whose graph is shown. */
  #uri: string | undefined;
  /** The last file in front that has a graph. */
  #front: string | undefined;
  #way: Way | undefined;
  /** Whether someone heard that the way is not drawn. */
  #isTold = false;
  #choice: GraphChoice = { extent: 'scope' };
  #follow = true;
  #fronts = 0;

  constructor(panel: WebviewPanel, client: EgressClient, uri: string | undefined) {
    this.#panel = panel;
    this.#client = client;
    this.#uri = uri;
    this.#front = uri;
    this.#live = new LiveAnswer<ToGraphPage>(panel, client, {
      ask: () => this.#picture(),
      trouble: (message) => ({ type: 'trouble', message }),
      sent: (message) => this.#drawn(message),
    });
    this.#subscriptions = Disposable.from(
      this.#cursor,
      this.#live,
      panel.webview.onDidReceiveMessage((message: FromGraphPage) => this.#hear(message)),
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

  /** Where it can be seen now. */
  get column(): ViewColumn | undefined {
    return this.#panel.visible ? this.#panel.viewColumn : undefined;
  }

  /** Comes to the front with the graph of a file. */
  open(uri: string, column: ViewColumn): void {
    const isBeside = column === ViewColumn.Beside;
    // A panel that can be seen stays where someone has put it.
    this.#front = uri;
    this.#panel.reveal((isBeside ? this.column : undefined) ?? column, isBeside);
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
      void this.#live.draw();
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
        void this.#live.draw();
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
  }

  async #picture(): Promise<ToGraphPage> {
    const params = this.#params();
    if (!params) {
      return nothingOpen;
    }
    return {
      type: 'picture',
      params,
      picture: await this.#client.request<GraphPicture>(graphRequest, params),
    };
  }

  #drawn(message: ToGraphPage): void {
    if (message.type === 'picture') {
      const { scope } = message.picture;
      this.#panel.title = scope === '' ? 'Egress Graph' : `Egress Graph: ${scope}`;
    }
    void this.#tellSpot();
  }

  /** Tells the page what to mark: a way someone asked for, else what stands at the cursor. */
  async #tellSpot(): Promise<void> {
    const shown = this.#params();
    if (!shown || !this.#panel.visible) {
      return;
    }
    const { turn } = this.#live;
    try {
      const spot = await (this.#way ? this.#spotOfWay(shown, this.#way) : this.#spotAtCursor(shown));
      if (spot && this.#live.isLast(turn)) {
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
