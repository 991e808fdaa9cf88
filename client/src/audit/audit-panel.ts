import { commands, type ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
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
import type { TraceParams } from '../../../server/src/protocol/trace';
import type { EgressClient } from '../egress-client';
import { LiveAnswer } from '../panels/live-answer';
import { reveal } from '../panels/reveal';

/** The panel of an audit: asks again whenever the answer may be another, and does what its page asks. */
export class AuditPanel {
  readonly #panel: WebviewPanel;
  readonly #client: EgressClient;
  readonly #live: LiveAnswer<ToAuditPage>;
  /** A file of the scope that is audited. */
  #uri: string | undefined;
  #choice: AuditChoice = {};

  constructor(panel: WebviewPanel, client: EgressClient, uri: string | undefined) {
    this.#panel = panel;
    this.#client = client;
    this.#uri = uri;
    this.#live = new LiveAnswer<ToAuditPage>(panel, client, {
      ask: () => this.#report(),
      trouble: (message) => ({ type: 'trouble', message }),
      sent: (message) => this.#entitle(message),
    });
    panel.webview.onDidReceiveMessage((message: FromAuditPage) => this.#hear(message));
    panel.onDidDispose(() => this.#live.dispose());
  }

  get uri(): string | undefined {
    return this.#uri;
  }

  open(uri: string, column: ViewColumn): void {
    this.#uri = uri;
    // A panel that can be seen stays where someone has put it.
    this.#panel.reveal(this.#panel.visible ? this.#panel.viewColumn : column);
    void this.#live.draw();
  }

  #hear(message: FromAuditPage): void {
    switch (message.type) {
      case 'ask':
        this.#uri ??= message.uri;
        this.#choice = message.choice;
        void this.#live.draw();
        break;
      case 'reveal':
        void reveal(message.place, this.#panel.viewColumn, this.#client.log);
        break;
      case 'trace':
        if (this.#uri !== undefined) {
          const params: TraceParams = { uri: this.#uri, call: message.call };
          void commands.executeCommand('istioEgress.traceRequest', params);
        }
        break;
      case 'export':
        void this.#export(message.format);
        break;
      case 'new-route':
        void commands.executeCommand('istioEgress.newEgressRoute');
        break;
    }
  }

  async #report(): Promise<ToAuditPage> {
    const uri = this.#uri;
    if (uri === undefined) {
      return nothingOpen;
    }
    const params: AuditParams = { uri, ...this.#choice };
    return { type: 'report', uri, report: await this.#client.request<AuditReport>(auditRequest, params) };
  }

  #entitle(message: ToAuditPage): void {
    if (message.type === 'report') {
      const { scope } = message.report;
      this.#panel.title = scope === '' ? 'Egress Audit' : `Egress Audit: ${scope}`;
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
