import type { Disposable, ExtensionContext, ViewColumn, WebviewPanel } from 'vscode';
import { PanelHost, type PanelKind, type PanelPlace } from './panel-host';

/** What a panel shows, and how it comes to show something else. */
export interface Shown<Subject> {
  open(subject: Subject, column: ViewColumn): void;
}

/** The one panel of its kind: what is opened next takes the place of what was there before. */
export class SinglePanel<Subject, Content extends Shown<Subject>> implements Disposable {
  readonly #host: PanelHost;
  readonly #make: (panel: WebviewPanel, subject: Subject | undefined) => Content;
  #content: Content | undefined;

  /** `make` is given no subject for a panel that comes back with its window. */
  constructor(
    context: ExtensionContext,
    kind: PanelKind,
    make: (panel: WebviewPanel, subject: Subject | undefined) => Content,
  ) {
    this.#make = make;
    this.#host = new PanelHost(context, kind, (panel) => this.#adopt(panel, undefined));
  }

  /** What is open now. */
  get content(): Content | undefined {
    return this.#content;
  }

  open(subject: Subject, place: PanelPlace): void {
    if (this.#content) {
      this.#content.open(subject, place.viewColumn);
    } else {
      this.#host.open(place, (panel) => this.#adopt(panel, subject));
    }
  }

  dispose(): void {
    this.#host.dispose();
  }

  #adopt(panel: WebviewPanel, subject: Subject | undefined): void {
    const content = this.#make(panel, subject);
    this.#content = content;
    panel.onDidDispose(() => {
      if (this.#content === content) {
        this.#content = undefined;
      }
    });
  }
}
