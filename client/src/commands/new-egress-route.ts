import { Uri, window, workspace } from 'vscode';
import { type GenerateParams, type GenerateResult, generateRequest } from '../../../server/src/protocol';
import { isSelected } from '../documents';
import type { EgressClient } from '../egress-client';
import { questions, type RouteDraft } from '../new-route/questions';
import { showUnsaved, writeFiles } from '../new-route/write';
import { lead } from '../wizard/steps';

/** Starts a route from nothing but a host name. In the scope of the document in front only what it lacks is written. */
export async function newEgressRoute(client: EgressClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  const uri = document && isSelected(document) ? document.uri : undefined;
  const folder = folderOf(uri);
  const start: RouteDraft = uri ? { uri: uri.toString() } : {};
  const draft = await lead(start, questions(client, folder && workspace.asRelativePath(folder)));
  if (draft?.host === undefined) {
    return;
  }
  const { target, ...wish } = draft;
  const params: GenerateParams = {
    ...wish,
    host: draft.host,
    layout: target === 'files' ? 'several' : 'one',
  };
  const result = await client.request<GenerateResult>(generateRequest, params);
  if (result.refused !== undefined) {
    void window.showErrorMessage(result.refused);
    return;
  }
  if (result.notes.length > 0) {
    void window.showInformationMessage(result.notes.join('. '));
  }
  if (result.files.length === 0 && result.edits.length === 0) {
    return;
  }
  await (folder && target !== 'unsaved' ? writeFiles(result, folder) : showUnsaved(result));
}

/** Where new files go: beside the document in front, else into the first folder. */
function folderOf(uri: Uri | undefined): Uri | undefined {
  const isHere = uri?.scheme === 'file' && workspace.getWorkspaceFolder(uri) !== undefined;
  return isHere ? Uri.joinPath(uri, '..') : workspace.workspaceFolders?.[0]?.uri;
}
