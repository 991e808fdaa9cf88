import { Buffer } from 'node:buffer';
import { Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import type { GenerateResult, PlainRange } from '../../../server/src/protocol';

/** Writes new files beside those that are there, and shows what would change in existing ones before it does. */
export async function writeFiles(result: GenerateResult, folder: Uri): Promise<void> {
  const edit = editOf(result);
  const created: Uri[] = [];
  for (const { name, text } of result.files) {
    const uri = await freeName(folder, name, created);
    created.push(uri);
    edit.createFile(uri, { overwrite: false, ignoreIfExists: false, contents: Buffer.from(text) }, label);
  }
  if (!(await workspace.applyEdit(edit, { isRefactoring: true }))) {
    return;
  }
  for (const uri of created) {
    await window.showTextDocument(uri, { preview: false });
  }
}

/** Opens the new documents as one that is on no disk; what exists already is edited after a preview. */
export async function showUnsaved(result: GenerateResult): Promise<void> {
  const content = result.files.map(({ text }) => text).join('---\n');
  if (content !== '') {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content }));
  }
  if (result.edits.length > 0) {
    await workspace.applyEdit(editOf(result), { isRefactoring: true });
  }
}

const label = { label: 'New egress route', needsConfirmation: false };

/** What existing documents lack. The editor shows it for approval. */
function editOf({ edits }: GenerateResult): WorkspaceEdit {
  const edit = new WorkspaceEdit();
  for (const { uri, edits: list } of edits) {
    for (const { range, newText } of list) {
      edit.replace(Uri.parse(uri), toRange(range), newText, {
        label: 'New egress route',
        description: 'only what is missing',
        needsConfirmation: true,
      });
    }
  }
  return edit;
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
