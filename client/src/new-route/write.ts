import {
  Position,
  Range,
  Uri,
  WorkspaceEdit,
  type WorkspaceEditEntryMetadata,
  window,
  workspace,
} from 'vscode';
import type { GenerateResult, PlainRange } from '../../../server/src/protocol';

type NewFile = GenerateResult['files'][number];

/** Shows what would be written, file by file, and writes what is approved. Files that exist keep their names. */
export async function writeFiles(result: GenerateResult, folder: Uri): Promise<void> {
  const edit = new WorkspaceEdit();
  const metadata = approval(result);
  const created: Uri[] = [];
  for (const { name, text } of result.files) {
    const uri = await freeName(folder, name, created);
    created.push(uri);
    edit.createFile(uri, { overwrite: false, ignoreIfExists: false }, metadata);
    edit.insert(uri, new Position(0, 0), text, metadata);
  }
  addEdits(edit, result, metadata);
  const isApplied = await workspace.applyEdit(edit, { isRefactoring: true });
  const [first] = created;
  if (isApplied && first && (await exists(first))) {
    await window.showTextDocument(first);
  }
}

/** Opens the new documents as one that is on no disk; what exists already is edited after a preview. */
export async function showUnsaved(result: GenerateResult): Promise<void> {
  const content = result.files.map((it: NewFile) => it.text).join('---\n');
  if (content !== '') {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content }));
  }
  if (result.edits.length > 0) {
    const edit = new WorkspaceEdit();
    addEdits(edit, result, approval(result));
    await workspace.applyEdit(edit, { isRefactoring: true });
  }
}

function addEdits(
  edit: WorkspaceEdit,
  { edits }: GenerateResult,
  metadata: WorkspaceEditEntryMetadata,
): void {
  for (const { uri, edits: list } of edits) {
    for (const { range, newText } of list) {
      edit.replace(Uri.parse(uri), toRange(range), newText, metadata);
    }
  }
}

/** The editor shows edits that carry this for approval. */
function approval({ notes }: GenerateResult): WorkspaceEditEntryMetadata {
  const description = notes.join('. ') || 'Only what is missing is written';
  return { label: 'New egress route', description, needsConfirmation: true };
}

const toRange = ({ start, end }: PlainRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

async function freeName(folder: Uri, name: string, taken: readonly Uri[]): Promise<Uri> {
  const dot = name.lastIndexOf('.');
  for (let count = 1; ; count++) {
    const uri = Uri.joinPath(folder, count === 1 ? name : `${name.slice(0, dot)}-${count}${name.slice(dot)}`);
    if (!taken.some((it) => it.path === uri.path) && !(await exists(uri))) {
      return uri;
    }
  }
}

async function exists(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
