import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { separateScopesCode } from '../../engine/separate-scopes';
import type { WriteScopesParams } from '../../protocol';
import type { Shell } from '../shell';

/** That folders are checked apart can be written down as a setting, which only the client can do. */
export function scopeActions(shell: Shell, engine: Engine, uri: string, sent: Diagnostic): CodeAction[] {
  const command = shell.options.writeScopesCommand;
  const split = sent.code === separateScopesCode ? engine.workspace.splitAt(uri) : undefined;
  if (!command || !split) {
    return [];
  }
  // Markdown and shell files below stay scopes of their own.
  const scopes = split.scopes.map((name) => ({ name, include: [`${literally(name)}/**/*.{yaml,yml,json}`] }));
  const title = `Write the setting "istioEgress.scopes": ${split.scopes.join(', ')}`;
  const params: WriteScopesParams = { uri, scopes };
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [sent],
      isPreferred: true,
      command: { title, command, arguments: [params] },
    },
  ];
}

/** A folder's name as a glob that fits only this name. */
function literally(name: string): string {
  return name.replace(/[\\!*?()[\]{}+@|]/g, '\\$&');
}
