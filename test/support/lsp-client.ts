import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { after } from 'node:test';
import {
  type ConfigurationParams,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import { uriOfPath } from '../../server/src/lsp/disk';
import { serve } from '../../server/src/lsp/server';
import { type DocumentInfo, documentInfoRequest } from '../../server/src/protocol';

type WorkDoneProgress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

interface StartOptions {
  /** Files that are open in the editor when the server starts. */
  readonly open?: { readonly [path: string]: string };
  readonly folder?: string;
  readonly progress?: boolean;
}

/** A folder on disk and a language server that has it open, connected through real streams. */
export class LspClient {
  readonly connection: ProtocolConnection;
  /** The workspace folder. Paths of files are relative to it. */
  readonly folder: string;
  readonly #home: string;
  readonly #ever = new Map<string, Set<string>>();
  readonly #sent = new Map<string, (readonly Diagnostic[])[]>();
  /** Settings of single folders, by their URI. */
  readonly folderSettings = new Map<string, { readonly [section: string]: unknown }>();
  /** What the server told people, in the log or in a window. */
  readonly messages: string[] = [];
  /** How far the server said it is, in the order in which it said so. */
  readonly progress: WorkDoneProgress[] = [];
  readonly #versions = new Map<string, number>();
  #settings: { readonly [section: string]: unknown };
  readonly #waitingForReady: (() => void)[] = [];
  /** An editor's process goes on as long as it is open, so what a server does in the background is waited for. */
  readonly #alive = setInterval(() => {}, 1000);
  /** Each says whether the message is the one it waits for. */
  #waiting: ((params: PublishDiagnosticsParams) => boolean)[] = [];

  private constructor(
    home: string,
    folder: string,
    connection: ProtocolConnection,
    settings: { readonly [section: string]: unknown },
  ) {
    this.#home = home;
    this.folder = join(home, folder);
    this.connection = connection;
    this.#settings = settings;
  }

  static async start(
    files: { readonly [path: string]: string },
    settings: { readonly [section: string]: unknown } = {},
    { open = {}, folder = 'workspace', progress = false }: StartOptions = {},
  ): Promise<LspClient & { readonly initialized: InitializeResult }> {
    const home = mkdtempSync(join(tmpdir(), 'istio-egress-lsp-'));
    const [up, down] = [new PassThrough(), new PassThrough()];
    serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)));
    const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const client = new LspClient(home, folder, connection, settings);
    for (const [path, text] of Object.entries(files)) {
      client.write(path, text);
    }
    client.#listen();
    const ready = client.nextReady();
    const initialized = await client.#initialize(progress);
    // As editors do: what is open is sent at once, before the server has read a file.
    for (const [path, text] of Object.entries(open)) {
      void client.open(path, text);
    }
    await ready;
    return Object.assign(client, { initialized });
  }

  uri(path: string): string {
    return uriOfPath(join(this.folder, path));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  async open(path: string, text: string, languageId = 'yaml'): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    this.#versions.set(uri, 1);
    const answer = this.#version(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return answer;
  }

  /** Replaces the whole text of an open document and waits for the findings of that version. */
  async type(path: string, text: string): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    const answer = this.#version(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    return answer;
  }

  async close(path: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: this.uri(path) },
    });
    await this.settled();
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  async changeSettings(settings: { readonly [section: string]: unknown }): Promise<void> {
    this.#settings = settings;
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await this.settled();
  }

  async watched(path: string, type: 1 | 2 | 3): Promise<void> {
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: this.uri(path), type }],
    });
    await this.settled();
  }

  /** What the editor shows for a file now. */
  shown(path: string): readonly Diagnostic[] {
    return this.#sent.get(this.uri(path))?.at(-1) ?? [];
  }

  /** What was sent for a file the `turn`th time, counted from 0, as soon as it was. */
  async sent(path: string, turn: number): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    const known = this.#sent.get(uri)?.[turn];
    if (known) {
      return known;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push((params) => {
        const isNext = params.uri === uri;
        if (isNext) {
          resolve();
        }
        return isNext;
      });
    });
    return this.sent(path, turn);
  }

  codes(path: string): string[] {
    return this.shown(path).map((it) => String(it.code));
  }

  info(path: string): Promise<DocumentInfo> {
    return this.connection.sendRequest(documentInfoRequest, { uri: this.uri(path) });
  }

  /** Every code that was ever shown for a file. */
  everShown(path: string): ReadonlySet<string> {
    return this.#ever.get(this.uri(path)) ?? new Set();
  }

  /** Resolves the next time the server says that it has read the workspace. */
  nextReady(): Promise<void> {
    return new Promise((resolve) => void this.#waitingForReady.push(resolve));
  }

  async changeFolders(change: { readonly added?: string[]; readonly removed?: string[] }): Promise<void> {
    const folders = (paths: readonly string[] = []) => paths.map((name) => ({ name, uri: this.uri(name) }));
    const ready = this.nextReady();
    await this.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: folders(change.added), removed: folders(change.removed) },
    });
    await ready;
    await this.settled();
  }

  /** A request is answered after everything sent before it, so its answer says that all of that has arrived. */
  async settled(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await this.info('none.yaml');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  dispose(): void {
    clearInterval(this.#alive);
    this.connection.dispose();
    rmSync(this.#home, { recursive: true, force: true });
  }

  #listen(): void {
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      const sent = this.#sent.get(params.uri) ?? [];
      this.#sent.set(params.uri, sent);
      sent.push(params.diagnostics);
      const ever = this.#ever.get(params.uri) ?? new Set();
      this.#ever.set(params.uri, ever);
      params.diagnostics.forEach((it) => void ever.add(String(it.code)));
      this.#waiting = this.#waiting.filter((isAnswered) => !isAnswered(params));
    });
    const hear = ({ message }: { readonly message: string }): void => void this.messages.push(message);
    this.connection.onNotification('window/showMessage', hear);
    this.connection.onNotification('window/logMessage', hear);
    this.connection.onNotification('istioEgress/status', ({ state }: { readonly state: string }) => {
      if (state === 'ready') {
        this.#waitingForReady.splice(0).forEach((resolve) => void resolve());
      }
    });
    this.connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
      items.map(({ section = '', scopeUri }) => {
        const ofFolder = scopeUri === undefined ? undefined : this.folderSettings.get(scopeUri);
        return (ofFolder ?? this.#settings)[section] ?? null;
      }),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('window/workDoneProgress/create', () => null);
    this.connection.onNotification('$/progress', ({ value }: { readonly value: WorkDoneProgress }) => {
      this.progress.push(value);
    });
    this.connection.listen();
  }

  async #initialize(workDoneProgress: boolean): Promise<InitializeResult> {
    const uri = uriOfPath(this.folder);
    const result: InitializeResult = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'workspace' }],
      capabilities: {
        window: { workDoneProgress },
        workspace: {
          configuration: true,
          didChangeConfiguration: { dynamicRegistration: true },
          workspaceFolders: true,
          codeLens: { refreshSupport: true },
        },
      },
      initializationOptions: {
        pages: 'file:///pages/',
        writeScopesCommand: 'test.writeScopes',
        traceCommand: 'test.trace',
      },
    });
    await this.connection.sendNotification('initialized', {});
    return result;
  }

  #version(uri: string, version: number): Promise<readonly Diagnostic[]> {
    return new Promise((resolve) => {
      this.#waiting.push((params) => {
        const fits = params.uri === uri && params.version === version;
        if (fits) {
          resolve(params.diagnostics);
        }
        return fits;
      });
    });
  }
}

/** Starts servers for a suite and stops them after it. */
export function startingServers(): typeof LspClient.start {
  const clients: LspClient[] = [];
  after(() => clients.forEach((it) => void it.dispose()));
  return async (...args) => {
    const client = await LspClient.start(...args);
    clients.push(client);
    return client;
  };
}
