import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from '../../server/src/lsp/server';

/** A folder on disk and a language server that has it open, connected through real streams. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly folder: string;
  readonly #latest = new Map<string, PublishDiagnosticsParams>();
  readonly #versions = new Map<string, number>();
  #settings: { readonly [section: string]: unknown };
  /** Each says whether the message is the one it waits for. */
  #waiting: ((params: PublishDiagnosticsParams) => boolean)[] = [];

  private constructor(
    folder: string,
    connection: ProtocolConnection,
    settings: { readonly [section: string]: unknown },
  ) {
    this.folder = folder;
    this.connection = connection;
    this.#settings = settings;
  }

  static async start(
    files: { readonly [path: string]: string },
    settings: { readonly [section: string]: unknown } = {},
  ): Promise<LspClient & { readonly initialized: InitializeResult }> {
    const folder = mkdtempSync(join(tmpdir(), 'istio-egress-lsp-'));
    const [up, down] = [new PassThrough(), new PassThrough()];
    serve(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)));
    const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const client = new LspClient(folder, connection, settings);
    for (const [path, text] of Object.entries(files)) {
      client.write(path, text);
    }
    client.#listen();
    const ready = client.#ready();
    const initialized = await client.#initialize();
    await ready;
    return Object.assign(client, { initialized });
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).toString();
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
    rmSync(join(this.folder, path));
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
    return this.#latest.get(this.uri(path))?.diagnostics ?? [];
  }

  codes(path: string): string[] {
    return this.shown(path).map((it) => String(it.code));
  }

  /** A request is answered after everything sent before it, so its answer says that all of that has arrived. */
  async settled(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await this.connection.sendRequest('istioEgress/documentInfo', { uri: this.uri('none.yaml') });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  dispose(): void {
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #listen(): void {
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#latest.set(params.uri, params);
      this.#waiting = this.#waiting.filter((isAnswered) => !isAnswered(params));
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: { section: string }[] }) =>
      items.map((it) => this.#settings[it.section] ?? null),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  #ready(): Promise<void> {
    return new Promise((resolve) => {
      this.connection.onNotification('istioEgress/status', (status: { state: string }) => {
        if (status.state === 'ready') {
          resolve();
        }
      });
    });
  }

  async #initialize(): Promise<InitializeResult> {
    const uri = pathToFileURL(this.folder).toString();
    const result: InitializeResult = await this.connection.sendRequest('initialize', {
      processId: null,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'workspace' }],
      capabilities: {
        workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
      },
      initializationOptions: { pages: 'file:///pages/' },
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
