import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol';
import { capabilities } from './capabilities';
import { pathOfUri } from './disk';
import { followDocuments } from './follow-documents';
import { registerHandlers } from './handlers/index';
import { indexFolders } from './indexing';
import { readSettings } from './settings';
import { makeShell, publishAll, type Shell } from './shell';

/**
 * Wires engines to a connection. Requests are three steps and no more: find the document, ask the engine, convert
 * the answer.
 */
export function serve(connection: Connection): void {
  const shell = makeShell(connection);
  const { documents } = shell;
  let roots: string[] = [];

  connection.onInitialize((params): InitializeResult => {
    roots = rootsOf(params);
    shell.client = params.capabilities;
    shell.options = (params.initializationOptions ?? {}) as InitializationOptions;
    shell.publisher.pages = shell.options.pages;
    return { capabilities: capabilities(shell.options), serverInfo: { name: 'istio-egress' } };
  });

  connection.onInitialized(async () => {
    if (shell.client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type);
    }
    await configure(shell);
    await indexFolders(shell, shell.projects.open(roots));
    if (shell.client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(async ({ added, removed }) => {
        const gone = removed.flatMap((it) => pathOfUri(it.uri) ?? []);
        roots = [
          ...roots.filter((it) => !gone.includes(it)),
          ...added.flatMap((it) => pathOfUri(it.uri) ?? []),
        ];
        await reopen(shell, roots);
      });
    }
  });

  connection.onDidChangeConfiguration(async () => {
    const { excluded } = shell.settings;
    await configure(shell);
    if (excluded.join('\n') !== shell.settings.excluded.join('\n')) {
      shell.projects.open([]);
      await reopen(shell, roots);
    }
  });

  followDocuments(shell);
  registerHandlers(shell);
  documents.listen(connection);
  connection.listen();
}

async function configure(shell: Shell): Promise<void> {
  const { connection } = shell;
  if (shell.client.workspace?.configuration) {
    const [own, files] = await connection.workspace.getConfiguration([
      { section: 'istioEgress' },
      { section: 'files' },
    ]);
    shell.settings = readSettings(own, files, (message) => connection.console.warn(message));
  }
  shell.projects.configure(shell.settings.workspace);
  publishAll(shell);
}

async function reopen(shell: Shell, roots: readonly string[]): Promise<void> {
  const before = [...shell.projects.all()].flatMap((it) => [...it.engine.workspace.uris()]);
  const fresh = shell.projects.open(roots);
  await indexFolders(shell, fresh);
  for (const uri of before) {
    if (!shell.projects.of(uri).engine.file(uri)) {
      shell.publisher.clear(uri);
    }
  }
}

function rootsOf(params: InitializeParams): string[] {
  const folders = params.workspaceFolders?.map((it) => it.uri) ?? (params.rootUri ? [params.rootUri] : []);
  return folders.flatMap((uri) => pathOfUri(uri) ?? []);
}
