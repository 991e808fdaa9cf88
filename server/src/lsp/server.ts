import {
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol';
import { capabilities } from './capabilities';
import { pathOfUri, uriOfPath } from './disk';
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
  let roots: readonly string[] = [];

  connection.onInitialize((params): InitializeResult => {
    roots = rootsOf(params);
    shell.client = params.capabilities;
    shell.options = (params.initializationOptions ?? {}) as InitializationOptions;
    shell.publisher.pages = shell.options.pages;
    return { capabilities: capabilities(shell.options), serverInfo: { name: 'istio-egress' } };
  });
  connection.onInitialized(() => followWorkspace(shell, roots));

  followDocuments(shell);
  registerHandlers(shell);
  shell.documents.listen(connection);
  connection.listen();
}

/** Reads folders and settings, at the start and whenever they change. */
function followWorkspace(shell: Shell, first: readonly string[]): void {
  const { connection, client } = shell;
  let roots = first;
  let work: Promise<void> = Promise.resolve();
  // One after the other, since each reads the disk for a while.
  const inTurn = (step: () => Promise<void>): void => {
    work = work.then(step).catch((error: unknown) => connection.console.error(String(error)));
  };
  // Before anything is awaited: documents are opened and asked about meanwhile.
  const projects = shell.projects.open(roots);
  inTurn(async () => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type);
    }
    await configure(shell);
    await indexFolders(shell, projects);
  });
  connection.onDidChangeConfiguration(() =>
    inTurn(async () => {
      const { excluded } = shell.settings;
      await configure(shell);
      if (excluded.join('\n') !== shell.settings.excluded.join('\n')) {
        await reopen(shell, roots, true);
      }
    }),
  );
  if (client.workspace?.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const pathsOf = (folders: readonly { readonly uri: string }[]): string[] =>
        folders.flatMap((it) => pathOfUri(it.uri) ?? []);
      const gone = pathsOf(removed);
      roots = [...roots.filter((it) => !gone.includes(it)), ...pathsOf(added)];
      inTurn(() => reopen(shell, roots));
    });
  }
}

async function configure(shell: Shell): Promise<void> {
  const { connection, projects, warn } = shell;
  const folders = [...projects.all()].flatMap(({ root, engine }) =>
    root === undefined ? [] : { root, engine },
  );
  if (!shell.client.workspace?.configuration) {
    projects.configure(shell.settings.workspace);
    return;
  }
  const [own, files, ...ofFolders] = await connection.workspace.getConfiguration([
    { section: 'istioEgress' },
    { section: 'files' },
    ...folders.map(({ root }) => ({ section: 'istioEgress', scopeUri: uriOfPath(root) })),
  ]);
  shell.settings = readSettings(own, files, warn);
  projects.configure(shell.settings.workspace);
  for (const [index, { engine }] of folders.entries()) {
    if (JSON.stringify(ofFolders[index]) !== JSON.stringify(own)) {
      engine.configure(readSettings(ofFolders[index], files, warn).workspace);
    }
  }
  publishAll(shell);
}

/** `anew` also reads the folders that stay. */
async function reopen(shell: Shell, roots: readonly string[], anew = false): Promise<void> {
  const before = [...shell.projects.all()].flatMap((it) => [...it.engine.workspace.uris()]);
  if (anew) {
    shell.projects.open([]);
  }
  const fresh = shell.projects.open(roots);
  await configure(shell);
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
