import {
  ConfigurationTarget,
  Range,
  Selection,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from 'vscode';
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
  const at = editor.document.positionAt(await placeOfSetting(editor.document));
  editor.selection = new Selection(at, at);
  editor.revealRange(new Range(at, at), TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The text of a file that was just written reaches its editor a moment later. */
async function placeOfSetting(document: TextDocument): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const place = document.getText().indexOf(`"${setting}"`);
    if (place >= 0) {
      return place;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 0;
}
