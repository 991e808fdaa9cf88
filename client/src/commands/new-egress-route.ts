import { type TextDocument, Uri, window, workspace } from 'vscode';
import { type GenerateParams, type GenerateResult, generateRequest } from '../../../server/src/protocol';
import { isSelected } from '../documents';
import type { EgressClient } from '../egress-client';
import { questions, type RouteDraft } from '../new-route/questions';
import { showUnsaved, writeFiles } from '../new-route/write';
import { lead } from '../wizard/steps';

/** Starts a route from nothing but a host name. Where documents are around it, only what they lack is written. */
export async function newEgressRoute(client: EgressClient): Promise<void> {
  const document = window.activeTextEditor?.document;
  const front = document && isSelected(document) ? document.uri : undefined;
  const folder = folderOf(front);
  // The server knows what a file that does not exist would be applied together with.
  const newFile = folder && Uri.joinPath(folder, 'egress-route.yaml');
  const start = draftBeside(front ?? newFile);
  const draft = await lead(start, questions(client, folder && workspace.asRelativePath(folder)));
  if (draft?.host === undefined) {
    return;
  }
  const { target, ...wish } = draft;
  const isWritten = newFile !== undefined && target !== 'unsaved';
  const params: GenerateParams = {
    ...wish,
    host: draft.host,
    ...(isWritten && isRunbook(document) && draftBeside(newFile)),
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
  await (folder && isWritten ? writeFiles(result, folder) : showUnsaved(result));
}

const draftBeside = (uri: Uri | undefined): RouteDraft => (uri ? { uri: uri.toString() } : {});

/** Documents in such a file are applied together, and files beside it are not. */
function isRunbook(document: TextDocument | undefined): boolean {
  return document?.languageId === 'markdown' || document?.languageId === 'shellscript';
}

/** Where new files go: beside the document in front, else into the first folder. */
function folderOf(uri: Uri | undefined): Uri | undefined {
  const isHere = uri?.scheme === 'file' && workspace.getWorkspaceFolder(uri) !== undefined;
  return isHere ? Uri.joinPath(uri, '..') : workspace.workspaceFolders?.[0]?.uri;
}
