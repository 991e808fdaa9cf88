import {
  type Diagnostic,
  extensions,
  languages,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { ExtensionApi } from '../../../client/src/extension';
import { until } from './until';

/** The workspace of every run is a copy of the examples. */
export const inWorkspace = (path: string): Uri => Uri.joinPath(workspace.workspaceFolders![0]!.uri, path);

/** Activates the extension the way a user does not see: for tests that start from nothing open. */
export async function activated(): Promise<ExtensionApi> {
  const extension = extensions.getExtension<ExtensionApi>('istio-egress.istio-egress');
  if (!extension) {
    throw new Error('The extension is not installed');
  }
  return await extension.activate();
}

/** Waits until the server has read the workspace. */
export async function ready(): Promise<void> {
  await (await activated()).ready();
}

export async function openFile(path: string): Promise<TextEditor> {
  return await window.showTextDocument(await workspace.openTextDocument(inWorkspace(path)));
}

/** Opens a new document that is on no disk. */
export async function openUntitled(content: string, language = 'yaml'): Promise<TextEditor> {
  return await window.showTextDocument(await workspace.openTextDocument({ language, content }));
}

/** Our diagnostics of a document, once they are as wanted. */
export function diagnosticsOf(
  { uri }: TextDocument,
  fits: (found: readonly Diagnostic[]) => boolean = (found) => found.length > 0,
): Promise<readonly Diagnostic[]> {
  return until(`diagnostics of ${uri.path}`, () => {
    const own = languages.getDiagnostics(uri).filter((it) => it.source === 'istio-egress');
    return fits(own) && own;
  });
}
