import type { Disposable, WebviewPanel } from 'vscode';
import type { EgressClient } from '../egress-client';
import { Pause } from './pause';

/** Changes come in rows. In milliseconds. */
const pauseBeforeAsking = 50;

export interface Question<Message> {
  /** Asks the server, or says at once what there is to say. */
  ask(): Promise<Message> | Message;
  /** What the page shows instead when there is no answer. */
  trouble(message: string): Message;
  /** Told of what was sent. */
  readonly sent?: (message: Message) => void;
}

/** What a page shows: asked for again whenever it may be another and can be seen. */
export class LiveAnswer<Message> implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #question: Question<Message>;
  readonly #redraw = new Pause(pauseBeforeAsking);
  readonly #subscriptions: readonly Disposable[];
  /** Answers may overtake each other; only the last question counts. */
  #asked = 0;
  #isStale = false;
  #isOver = false;

  constructor(panel: WebviewPanel, client: EgressClient, question: Question<Message>) {
    this.#panel = panel;
    this.#client = client;
    this.#question = question;
    this.#subscriptions = [
      this.#redraw,
      panel.onDidChangeViewState(() => this.#shown()),
      client.onAnswersChanged(() => this.#changed()),
      client.onStateChanged(() => this.#changed()),
    ];
  }

  /** Counts the questions, for those who ask something beside them. */
  get turn(): number {
    return this.#asked;
  }

  async draw(): Promise<void> {
    const turn = ++this.#asked;
    this.#isStale = false;
    const message = await this.#message(turn);
    if (message !== undefined && this.isLast(turn)) {
      await this.#panel.webview.postMessage(message);
      if (this.isLast(turn)) {
        this.#question.sent?.(message);
      }
    }
  }

  /** Whether an answer still counts: nothing was asked since, and there is a panel, which throws once it is closed. */
  isLast(turn: number): boolean {
    return turn === this.#asked && !this.#isOver;
  }

  dispose(): void {
    this.#isOver = true;
    this.#subscriptions.forEach((it) => void it.dispose());
  }

  #changed(): void {
    this.#isStale = true;
    this.#redraw.run(() => this.#shown());
  }

  #shown(): void {
    if (this.#panel.visible && this.#isStale) {
      void this.draw();
    }
  }

  async #message(turn: number): Promise<Message | undefined> {
    const { ask, trouble } = this.#question;
    switch (this.#client.state) {
      case 'stopped':
        return trouble('The language server has stopped: run "Istio Egress: Restart Server"');
      case 'starting':
        // The change of state draws it.
        return undefined;
      default:
    }
    try {
      return await ask();
    } catch (error) {
      if (this.isLast(turn)) {
        this.#client.log.warn(`No answer for "${this.#panel.title}": ${String(error)}`);
      }
      return trouble('The language server gave no answer: the log says more');
    }
  }
}
