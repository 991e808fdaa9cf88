import { ResponseError } from 'vscode-languageserver';
import { prepareRename, rename } from '../../engine/assist/rename';
import type { Shell } from '../shell';
import { atSpot } from './at-spot';
import { toWorkspaceEdit } from './workspace-edit';

/** The code LSP has for a request that cannot be met; editors show its message to the user. */
const requestFailed = -32803;

export function registerRename(shell: Shell): void {
  const { connection } = shell;

  connection.onPrepareRename((params) => {
    const at = atSpot(shell, params);
    if (!at) {
      return null;
    }
    const prepared = prepareRename(at.spot);
    if ('refused' in prepared) {
      throw new ResponseError(requestFailed, prepared.refused);
    }
    return { range: at.range(prepared.span), placeholder: prepared.text };
  });

  connection.onRenameRequest((params) => {
    const at = atSpot(shell, params);
    if (!at) {
      return null;
    }
    const { workspace } = at.engine;
    const renamed = rename(at.spot, params.newName, (slot) => workspace.locate(slot)?.entry.document.yaml);
    if ('refused' in renamed) {
      throw new ResponseError(requestFailed, renamed.refused);
    }
    const edits = at.engine.edits(renamed.changes);
    return edits ? toWorkspaceEdit(shell, edits) : null;
  });
}
