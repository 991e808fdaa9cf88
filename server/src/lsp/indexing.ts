import type { WorkDoneProgressReporter } from 'vscode-languageserver';
import type { FileChange } from '../engine/workspace/workspace';
import { documentInfoChanged, type ServerStatus, statusNotification } from '../protocol';
import { troubleWithFolder } from './disk';
import type { Project } from './project';
import { publishAll, type Shell } from './shell';

/** How much text is read before other messages get their turn. */
const sliceCharacters = 300_000;

/**
 * Reads every file of the given folders, in slices, so that typing is answered meanwhile. Rules run once, when
 * everything is there: a finding that a later file would take back is never shown.
 */
export async function indexFolders(shell: Shell, projects: readonly Project[]): Promise<void> {
  const { connection } = shell;
  shell.isIndexing = true;
  shell.adopt();
  const progress = shell.client.window?.workDoneProgress
    ? await connection.window.createWorkDoneProgress()
    : undefined;
  progress?.begin('Istio Egress', 0, 'reading the workspace');
  send(shell, { state: 'indexing', files: 0 });
  let files = 0;
  for (const project of projects) {
    files += await read(shell, project, progress);
  }
  shell.flush();
  shell.isIndexing = false;
  publishAll(shell);
  progress?.done();
  send(shell, { state: 'ready', files });
  void connection.sendNotification(documentInfoChanged);
}

async function read(
  shell: Shell,
  project: Project,
  progress: WorkDoneProgressReporter | undefined,
): Promise<number> {
  const trouble = project.root === undefined ? undefined : troubleWithFolder(project.root);
  if (trouble) {
    shell.warn(`Nothing in the workspace folder "${project.root}" is checked: ${trouble}`);
  }
  const uris = [...project.listed(shell.settings.excluded)];
  let files = 0;
  for (const slice of slices(shell, project, uris)) {
    project.engine.change(slice);
    files += slice.length;
    const percent = Math.round((100 * files) / Math.max(1, uris.length));
    progress?.report(percent, `${files} of ${uris.length} files`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  tellSkipped(shell, project);
  return files;
}

/** In the log, since nobody may care; the status of such a file says it when it is opened. */
function tellSkipped(shell: Shell, project: Project): void {
  const { engine } = project;
  const large = [...engine.workspace.uris()].filter((it) => engine.file(it)?.skipped === 'too-large');
  if (large.length > 0) {
    const names = large.map((it) => project.pathOf(it)).join(', ');
    shell.connection.console.info(`Not checked, larger than "istioEgress.files.maxSize": ${names}`);
  }
}

function* slices(shell: Shell, project: Project, uris: readonly string[]): Iterable<FileChange[]> {
  let slice: FileChange[] = [];
  let size = 0;
  for (const uri of uris) {
    // An open document is in the engine already, and newer than the disk.
    if (shell.documents.get(uri)) {
      continue;
    }
    const change = project.fromDisk(uri, []);
    slice.push(change);
    size += change.text?.length ?? 0;
    if (size > sliceCharacters) {
      yield slice;
      slice = [];
      size = 0;
    }
  }
  if (slice.length > 0) {
    yield slice;
  }
}

function send(shell: Shell, status: ServerStatus): void {
  void shell.connection.sendNotification(statusNotification, status);
}
