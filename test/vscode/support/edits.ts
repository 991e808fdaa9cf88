import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { type Position, Range, type TextDocument, type Uri, WorkspaceEdit, workspace } from 'vscode';
import { inWorkspace } from './workspace';

export async function replace(uri: Uri, range: Range, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(uri, range, text);
  assert.ok(await workspace.applyEdit(edit));
}

export const insert = (uri: Uri, at: Position, text: string): Promise<void> =>
  replace(uri, new Range(at, at), text);

export const append = (document: TextDocument, text: string): Promise<void> =>
  insert(document.uri, document.positionAt(document.getText().length), text);

/** Writes a file into the workspace, as another program would. */
export const writeFile = (path: string, text: string): Thenable<void> =>
  workspace.fs.writeFile(inWorkspace(path), Buffer.from(text));

/** The place right behind the first occurrence of a text. */
export function after(document: TextDocument, text: string): Position {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `${document.uri.path} does not hold "${text}"`);
  return document.positionAt(at + text.length);
}
