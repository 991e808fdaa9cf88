import { groupBy } from '../engine/text/collections';
import { documentInfoChanged } from '../protocol';
import { publishAll, type Shell } from './shell';

/** The buffer wins over the disk while a file is open; edits that come together are read once. */
export function followDocuments(shell: Shell): void {
  const { documents, projects, connection } = shell;
  const pending = new Set<string>();
  let scheduled = false;

  shell.flush = () => {
    shell.catchUp.makeWay();
    for (const uri of pending) {
      const document = documents.get(uri);
      const project = projects.of(uri);
      if (document) {
        const { languageId } = document;
        project.engine.change([{ uri, path: project.pathOf(uri), text: document.getText(), languageId }]);
      }
    }
    pending.clear();
  };
  shell.adopt = () => {
    for (const { uri } of documents.all()) {
      pending.add(uri);
    }
    shell.flush();
  };
  const flushAndPublish = (): void => {
    scheduled = false;
    shell.flush();
    publishAll(shell);
  };
  documents.onDidChangeContent(({ document }) => {
    pending.add(document.uri);
    if (!scheduled) {
      scheduled = true;
      setImmediate(flushAndPublish);
    }
  });
  documents.onDidOpen(() => void connection.sendNotification(documentInfoChanged));
  followDisk(shell, pending);
}

/** What stands on the disk counts for every file that is not open. */
function followDisk(shell: Shell, pending: Set<string>): void {
  const { documents, projects, connection } = shell;
  documents.onDidClose(({ document: { uri } }) => {
    pending.delete(uri);
    const project = projects.of(uri);
    project.engine.change([project.fromDisk(uri, shell.settings.excluded)]);
    if (project.root === undefined) {
      projects.drop(uri);
      shell.publisher.clear(uri);
    }
    publishAll(shell);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const told = changes.map((it) => it.uri);
    const closed = [...told, ...filesBelow(shell, new Set(told))].filter((uri) => !documents.get(uri));
    // Together, for a checkout of another branch changes hundreds at once.
    for (const [project, uris] of groupBy(new Set(closed), (uri) => projects.of(uri))) {
      if (project.root !== undefined) {
        project.engine.change(uris.map((uri) => project.fromDisk(uri, shell.settings.excluded)));
      }
    }
    publishAll(shell);
  });
}

/** A folder that goes or comes back under another name is told of by its own name only. */
function* filesBelow({ projects }: Shell, folders: ReadonlySet<string>): Iterable<string> {
  for (const { engine } of projects.all()) {
    for (const uri of engine.workspace.uris()) {
      for (let end = uri.lastIndexOf('/'); end > 'file://'.length; end = uri.lastIndexOf('/', end - 1)) {
        if (folders.has(uri.slice(0, end))) {
          yield uri;
          break;
        }
      }
    }
  }
}
