import { documentInfoChanged } from '../protocol';
import { publishAll, type Shell } from './shell';

/** The buffer wins over the disk while a file is open; edits that come together are read once. */
export function followDocuments(shell: Shell): void {
  const { documents, projects, connection } = shell;
  const pending = new Set<string>();
  let scheduled = false;

  shell.flush = () => {
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
    for (const { uri } of changes) {
      const project = projects.of(uri);
      if (!documents.get(uri) && project.root !== undefined) {
        project.engine.change([project.fromDisk(uri, shell.settings.excluded)]);
      }
    }
    publishAll(shell);
  });
}
