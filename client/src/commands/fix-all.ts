import { commands } from 'vscode';

/** Applies every safe fix of the document in front, as "Fix All" on save does. */
export async function fixAll(): Promise<void> {
  await commands.executeCommand('editor.action.codeAction', {
    kind: 'source.fixAll.istioEgress',
    apply: 'first',
  });
}
