import { commands, type Hover, type MarkdownString, type TextDocument } from 'vscode';
import { after } from './edits';

/** What hovers say right behind the first occurrence of a text. */
export async function hoverText(document: TextDocument, text: string): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    after(document, text),
  );
  return hovers.flatMap((it) => it.contents.map((content) => (content as MarkdownString).value)).join('\n');
}
