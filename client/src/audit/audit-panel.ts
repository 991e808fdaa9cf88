import { commands, Disposable, type ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import {
  type AuditChoice,
  type AuditParams,
  type AuditReport,
  type AuditText,
  type AuditTextParams,
  auditRequest,
  auditTextRequest,
  type FromAuditPage,
  type ToAuditPage,
} from '../../../server/src/protocol/audit';
import type { EgressClient } from '../egress-client';
import { Pause } from '../graph/pause';
import { reveal } from '../graph/reveal';

/** Changes come in rows. In milliseconds. */
const pauseBeforeAsking = 50;

/** The panel of an audit: asks again whenever the answer may be another, and does what its page asks. */
export class AuditPanel {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #subscriptions: Disposable;
  readonly #redraw = new Pause(pauseBeforeAsking);
  /** A file of the scope that is audited. */
  #uri: string | undefined;
  #choice: AuditChoice = {};
  /** Answers may overtake each other; only the last question counts. */
  #asked = 0;
  #isStale = false;

  constructor(panel: WebviewPanel, client: EgressClient, uri: string | undefined) {
    this.#panel = panel;
    this.#client = client;
    this.#uri = uri;
    this.#subscriptions = Disposable.from(
      this.#redraw,
      panel.webview.onDidReceiveMessage((message: FromAuditPage) => this.#hear(message)),
      panel.onDidChangeViewState(() => this.#shown()),
      client.onAnswersChanged(() => this.#changed()),
      client.onStateChanged(() => this.#changed()),
    );
    panel.onDidDispose(() => this.#subscriptions.dispose());
  }

  get uri(): string | undefined {
    return this.#uri;
  }

  open(uri: string, column: ViewColumn): void {
    this.#uri = uri;
    // A panel that can be seen stays where someone has put it.
    this.#panel.reveal(this.#panel.visible ? this.#panel.viewColumn : column);
    void this.#draw();
  }

  #hear(message: FromAuditPage): void {
    switch (message.type) {
      case 'ask':
        this.#uri ??= message.uri;
        this.#choice = message.choice;
        void this.#draw();
        break;
      case 'reveal':
        void reveal(message.place, this.#panel.viewColumn, this.#client.log);
        break;
      case 'export':
        void this.#export(message.format);
        break;
      case 'new-route':
        void commands.executeCommand('istioEgress.newEgressRoute');
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
    const message = this.#uri === undefined ? nothingOpen : await this.#answer(this.#uri, turn);
    if (turn !== this.#asked || message === undefined) {
      return;
    }
    if (message.type === 'report') {
      const { scope } = message.report;
      this.#panel.title = scope === '' ? 'Egress Audit' : `Egress Audit: ${scope}`;
    }
    await this.#panel.webview.postMessage(message);
  }

  async #answer(uri: string, turn: number): Promise<ToAuditPage | undefined> {
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
    const params: AuditParams = { uri, ...this.#choice };
    try {
      return { type: 'report', uri, report: await this.#client.request<AuditReport>(auditRequest, params) };
    } catch (error) {
      if (turn !== this.#asked) {
        // The server leaves a question alone once there is another.
        return undefined;
      }
      this.#client.log.warn(`No audit of ${uri}: ${String(error)}`);
      return { type: 'trouble', message: 'The language server gave no answer: the log says more' };
    }
  }

  /** As a document that nobody has to save. */
  async #export(format: AuditTextParams['format']): Promise<void> {
    if (this.#uri === undefined) {
      return;
    }
    const params: AuditTextParams = { uri: this.#uri, format };
    try {
      const { text: content } = await this.#client.request<AuditText>(auditTextRequest, params);
      const language = format === 'markdown' ? 'markdown' : 'plaintext';
      await window.showTextDocument(await workspace.openTextDocument({ content, language }));
    } catch (error) {
      this.#client.log.warn(`The audit of ${this.#uri} was not written: ${String(error)}`);
      void window.showWarningMessage('The audit could not be written: the log says more');
    }
  }
}

const nothingOpen: ToAuditPage = {
  type: 'trouble',
  message: 'Open a file with an Istio object: the audit is of what it is applied together with',
};
