import {
  type Connection,
  type InitializeParams,
  MessageType,
  ShowMessageNotification,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../engine/text/line-index';
import { answersChanged, type InitializationOptions } from '../protocol';
import { CatchUp } from './catch-up';
import type { Positions } from './convert';
import { Projects } from './project';
import { Publisher } from './publisher';
import { defaultShellSettings, type ShellSettings } from './settings';

/** Everything a handler may use. */
export interface Shell {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly projects: Projects;
  readonly publisher: Publisher;
  readonly catchUp: CatchUp;
  settings: ShellSettings;
  client: InitializeParams['capabilities'];
  options: InitializationOptions;
  positionsOf(uri: string): Positions;
  /** Brings the engine up to date with what was typed, before anything is asked of it. */
  flush(): void;
  /** Gives open documents to the projects they belong to now that the folders are others. */
  adopt(): void;
  /** Shows people something that only they can mend, and never twice. */
  warn(message: string): void;
  /** From now on the client hears of it when what it asked for a page may be otherwise. */
  announce(): void;
  /** While files are being read nothing is published: a later file could take it back. */
  isIndexing: boolean;
}

export function makeShell(connection: Connection): Shell {
  const documents = new TextDocuments(TextDocument);
  const projects = new Projects(defaultShellSettings.workspace);
  const positionsOf = positionsIn(documents, projects);
  const publisher = new Publisher(
    connection,
    positionsOf,
    (uri) => documents.get(uri)?.version,
    (uri, code) =>
      shell.options.yamlExtension === true &&
      plainYaml.has(code) &&
      documents.get(uri)?.languageId === 'yaml',
  );
  const shell: Shell = {
    connection,
    documents,
    projects,
    publisher,
    catchUp: new CatchUp(projects, () => publish(shell)),
    positionsOf,
    settings: defaultShellSettings,
    client: {},
    options: {},
    flush: () => {},
    adopt: () => {},
    warn: warnOnce(connection),
    announce: announcer(connection, publisher),
    isIndexing: true,
  };
  return shell;
}

/** Lines and columns of open buffers, else of files as they were read. */
function positionsIn(documents: Shell['documents'], projects: Projects): Shell['positionsOf'] {
  const lines = new Map<string, { readonly text: string; readonly index: LineIndex }>();
  return (uri) => {
    const open = documents.get(uri);
    if (open) {
      return { range: ({ start, end }) => ({ start: open.positionAt(start), end: open.positionAt(end) }) };
    }
    const text = projects.of(uri).engine.file(uri)?.text ?? '';
    let known = lines.get(uri);
    if (known?.text !== text) {
      known = { text, index: new LineIndex(text) };
      lines.set(uri, known);
    }
    return known.index;
  };
}

/** Typing changes answers many times a second; a page need not follow every key. */
const pauseBeforeAnnouncing = 200;

/** Nobody hears of changes to what nobody looks at. */
function announcer(connection: Connection, { onTouched }: Publisher): Shell['announce'] {
  let isAnnouncing = false;
  let timer: NodeJS.Timeout | undefined;
  return () => {
    if (!isAnnouncing) {
      isAnnouncing = true;
      onTouched.push(() => {
        clearTimeout(timer);
        timer = setTimeout(() => void connection.sendNotification(answersChanged), pauseBeforeAnnouncing);
        timer.unref();
      });
    }
  };
}

function warnOnce(connection: Connection): Shell['warn'] {
  const warned = new Set<string>();
  return (message) => {
    if (!warned.has(message)) {
      warned.add(message);
      // Editors make links of such signs, commands among them, and settings may come with a folder nobody trusts.
      const shown = message.replaceAll('](', '] (');
      void connection.sendNotification(ShowMessageNotification.type, {
        type: MessageType.Warning,
        message: shown,
      });
    }
  };
}

/** What any YAML extension says of an open file, in its own words. */
const plainYaml = new Set(['yaml/syntax', 'yaml/tab-indent', 'yaml/duplicate-key', 'yaml/unknown-alias']);

/** Sends what may be different now, and sees to it that requests are followed after that. */
export function publishAll(shell: Shell): void {
  if (!shell.isIndexing) {
    publish(shell);
    shell.catchUp.start();
  }
}

/** What was put off before files are read may be done meanwhile, and is sent with theirs. */
function publish(shell: Shell): void {
  if (shell.isIndexing) {
    return;
  }
  const everything = shell.settings.diagnosticsScope === 'workspace';
  for (const project of shell.projects.all()) {
    shell.publisher.publish(project, (uri) => everything || shell.documents.get(uri) !== undefined);
  }
}
