import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  extensions,
  type LogOutputChannel,
  Uri,
  window,
} from 'vscode';
import { LanguageClient, type LanguageClientOptions, State, TransportKind } from 'vscode-languageclient/node';
import {
  answersChanged,
  documentInfoChanged,
  type InitializationOptions,
  type ServerStatus,
  statusNotification,
} from '../../server/src/protocol';
import { writeScopesCommand } from './commands/write-scopes';
import { documentSelector, watchedFiles } from './documents';
import { coordinateWithYamlExtension } from './yaml-extension/coordinate';

export type ClientState = 'starting' | 'indexing' | 'ready' | 'stopped';

/** The language server as the rest of the client sees it: its state, and requests to it. */
export class EgressClient implements Disposable {
  readonly log: LogOutputChannel = window.createOutputChannel('Istio Egress', { log: true });
  readonly #languageClient: LanguageClient;
  readonly #stateChanged = new EventEmitter<ClientState>();
  readonly #documentsChanged = new EventEmitter<void>();
  readonly #answersChanged = new EventEmitter<void>();
  readonly #subscriptions: Disposable[];
  #state: ClientState = 'starting';
  #files = 0;
  #hasYamlExtension = yamlExtensionIsHere();

  readonly onStateChanged = this.#stateChanged.event;
  /** What the server knows of documents may be other than before. */
  readonly onDocumentsChanged = this.#documentsChanged.event;
  /** What was asked for a page may be otherwise now. */
  readonly onAnswersChanged = this.#answersChanged.event;

  constructor(context: ExtensionContext) {
    const module = context.asAbsolutePath('dist/server.cjs');
    const transport = TransportKind.ipc;
    this.#languageClient = new LanguageClient(
      'istioEgress',
      'Istio Egress',
      { run: { module, transport }, debug: { module, transport, options: { execArgv: ['--inspect=6009'] } } },
      this.#options(context),
    );
    this.#subscriptions = [
      this.#languageClient.onDidChangeState(({ newState }) => this.#follow(newState)),
      this.#languageClient.onNotification(statusNotification, (status: ServerStatus) => {
        this.#files = status.files;
        if (status.state === 'ready') {
          this.log.info(`The server is ready, ${status.files} files read`);
        }
        this.#become(status.state);
      }),
      this.#languageClient.onNotification(documentInfoChanged, () => this.#documentsChanged.fire()),
      this.#languageClient.onNotification(answersChanged, () => this.#answersChanged.fire()),
      extensions.onDidChange(() => void this.#followExtensions()),
    ];
  }

  get state(): ClientState {
    return this.#state;
  }

  /** How many files the server has read. */
  get files(): number {
    return this.#files;
  }

  async start(): Promise<void> {
    await Promise.all([this.#languageClient.start(), coordinateWithYamlExtension(this.log)]);
  }

  stop(): Promise<void> {
    return this.#languageClient.isRunning() ? this.#languageClient.stop() : Promise.resolve();
  }

  async restart(): Promise<void> {
    this.#become('starting');
    await this.#languageClient.restart();
  }

  readonly ready = (): Promise<void> =>
    new Promise((resolve) => {
      if (this.#state === 'ready') {
        resolve();
        return;
      }
      const waiting = this.onStateChanged((state) => {
        if (state === 'ready') {
          waiting.dispose();
          resolve();
        }
      });
    });

  request<Result>(method: string, params?: object): Promise<Result> {
    return this.#languageClient.sendRequest<Result>(method, params);
  }

  dispose(): void {
    const emitters = [this.#stateChanged, this.#documentsChanged, this.#answersChanged];
    for (const it of [...this.#subscriptions, ...emitters, this.log]) {
      it.dispose();
    }
  }

  #options(context: ExtensionContext): LanguageClientOptions {
    return {
      documentSelector: [...documentSelector],
      outputChannel: this.log,
      traceOutputChannel: this.log,
      synchronize: { fileEvents: watchedFiles(context) },
      // A function, since a restart may find another YAML extension than the first start did.
      initializationOptions: (): InitializationOptions => ({
        pages: `${Uri.joinPath(context.extensionUri, 'server', 'src', 'engine', 'rules')}/`,
        writeScopesCommand,
        traceCommand: 'istioEgress.traceRequest',
        yamlExtension: this.#hasYamlExtension,
      }),
    };
  }

  #follow(state: State): void {
    if (state === State.Stopped) {
      this.#become('stopped');
    } else if (state === State.Running && this.#state !== 'ready') {
      this.#become('indexing');
    }
  }

  #become(state: ClientState): void {
    this.#state = state;
    this.#stateChanged.fire(state);
    this.#documentsChanged.fire();
  }

  /** Symbols and the like are ours only while nobody else gives them, and that is settled when the server starts. */
  async #followExtensions(): Promise<void> {
    const here = yamlExtensionIsHere();
    if (here !== this.#hasYamlExtension) {
      this.#hasYamlExtension = here;
      void coordinateWithYamlExtension(this.log);
      this.log.info(`Another YAML extension ${here ? 'came' : 'went'}: the server starts again`);
      await this.restart();
    }
  }
}

const yamlExtensionIsHere = (): boolean => extensions.getExtension('redhat.vscode-yaml') !== undefined;
