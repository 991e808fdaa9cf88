import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol';

export const fixAllKind = 'source.fixAll.istioEgress';
export const generateKind = 'refactor.rewrite.egressRoute';

/**
 * No formatting, and with another YAML extension about no symbols either: what that one does for every YAML file
 * must not appear twice.
 */
export function capabilities(options: InitializationOptions): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, generateKind, fixAllKind],
      resolveProvider: false,
    },
    completionProvider: { triggerCharacters: [':', ' ', '-', '/', '.', '"', "'"] },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    workspaceSymbolProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(options.traceCommand !== undefined && { codeLensProvider: { resolveProvider: true } }),
    ...(!options.yamlExtension && { documentSymbolProvider: true }),
  };
}
