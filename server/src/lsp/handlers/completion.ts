import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem as LspCompletionItem,
  MarkupKind,
} from 'vscode-languageserver';
import { complete } from '../../engine/assist/completion';
import type { CompletionItem } from '../../engine/assist/completion-item';
import type { Shell } from '../shell';
import { type AtSpot, atSpot } from './at-spot';

const kinds = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
} as const;

export function registerCompletion(shell: Shell): void {
  shell.connection.onCompletion((params) => {
    const at = atSpot(shell, params);
    if (!at) {
      return [];
    }
    const snippets = shell.client.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    return complete(at.spot)
      .filter((it) => snippets || !it.snippet)
      .map((it) => toItem(at, it));
  });
}

function toItem(at: AtSpot, it: CompletionItem): LspCompletionItem {
  return {
    label: it.label,
    kind: kinds[it.kind],
    sortText: it.sortText,
    insertTextFormat: it.snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // The text is indented already; an editor that indents again would indent twice.
    insertTextMode: InsertTextMode.asIs,
    textEdit: {
      range: at.range(it.replace),
      newText: it.insertText.replaceAll('\n', `\n${at.place.linePrefix}`),
    },
    ...(it.detail !== undefined && { detail: it.detail }),
    ...(it.documentation !== undefined && {
      documentation: { kind: MarkupKind.Markdown, value: it.documentation },
    }),
    ...(it.deprecated && { tags: [CompletionItemTag.Deprecated] }),
    ...(it.more && { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } }),
  };
}
