import { randomBytes } from 'node:crypto';
import {
  type Disposable,
  type ExtensionContext,
  Uri,
  type ViewColumn,
  type WebviewOptions,
  type WebviewPanel,
  window,
} from 'vscode';
import { pageFor } from './page';

export interface PanelKind {
  readonly viewType: string;
  readonly title: string;
  /** The script and the style in `dist`, without their endings. */
  readonly bundle: string;
}

/** Where a new panel goes, and whether the editor keeps the focus. */
export interface PanelPlace {
  readonly viewColumn: ViewColumn;
  readonly preserveFocus: boolean;
}

/** Makes panels of one kind, and takes back those that come with a window. */
export class PanelHost implements Disposable {
  readonly #context: ExtensionContext;
  readonly #kind: PanelKind;
  readonly #serializer: Disposable;

  /** `restored` is told of each panel that comes back: what its page remembers, it asks for by itself. */
  constructor(context: ExtensionContext, kind: PanelKind, restored: (panel: WebviewPanel) => void) {
    this.#context = context;
    this.#kind = kind;
    this.#serializer = window.registerWebviewPanelSerializer(kind.viewType, {
      deserializeWebviewPanel: async (panel) => {
        panel.webview.options = this.#options();
        restored(panel);
        this.#fill(panel);
      },
    });
  }

  /** `adopt` makes what listens to the page, before there is one. */
  open<Adopted>(place: PanelPlace, adopt: (panel: WebviewPanel) => Adopted): Adopted {
    const { viewType, title } = this.#kind;
    const options = { ...this.#options(), enableFindWidget: true };
    const panel = window.createWebviewPanel(viewType, title, place, options);
    const adopted = adopt(panel);
    this.#fill(panel);
    return adopted;
  }

  /** Panels stay: the editor closes them with the window and brings them back with the next one. */
  dispose(): void {
    this.#serializer.dispose();
  }

  #fill(panel: WebviewPanel): void {
    const { webview } = panel;
    const address = (name: string): string =>
      webview.asWebviewUri(Uri.joinPath(this.#dist(), name)).toString();
    panel.iconPath = Uri.joinPath(this.#context.extensionUri, 'docs', 'icon.png');
    webview.html = pageFor({
      title: this.#kind.title,
      script: address(`${this.#kind.bundle}.js`),
      style: address(`${this.#kind.bundle}.css`),
      source: webview.cspSource,
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
