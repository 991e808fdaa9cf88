import { ConfigurationTarget, Range, Selection, Uri, window, workspace } from 'vscode';
import type { WriteScopesParams } from '../../../server/src/protocol';

export const writeScopesCommand = 'istioEgress.writeScopes';

const setting = 'istioEgress.scopes';

/** Adds scopes to the settings of the folder that holds the file, and shows what is written there then. */
export async function writeScopes({ uri, scopes }: WriteScopesParams): Promise<void> {
  const folder = workspace.getWorkspaceFolder(Uri.parse(uri));
  if (!folder) {
    void window.showWarningMessage(
      'Scopes are a setting of a workspace folder: open the folder of this file first',
    );
    return;
  }
  const configuration = workspace.getConfiguration(undefined, folder);
  const before = configuration.get<WriteScopesParams['scopes']>(setting, []);
  const added = scopes.filter(({ name }) => before.every((it) => it.name !== name));
  const target = workspace.workspaceFile
    ? ConfigurationTarget.WorkspaceFolder
    : ConfigurationTarget.Workspace;
  try {
    await configuration.update(setting, [...before, ...added], target);
  } catch (error) {
    void window.showErrorMessage(`The setting "${setting}" cannot be written: ${String(error)}`);
    return;
  }
  await show(Uri.joinPath(folder.uri, '.vscode', 'settings.json'));
}

async function show(file: Uri): Promise<void> {
  const editor = await window.showTextDocument(file);
  const { document } = editor;
  const at = document.positionAt(Math.max(0, document.getText().indexOf(`"${setting}"`)));
  editor.revealRange(new Range(at, at));
  editor.selection = new Selection(at, at);
}
