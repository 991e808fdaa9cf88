import { type LogOutputChannel, Range, Uri, type ViewColumn, window, workspace } from 'vscode';
import type { PlainPlace } from '../../../server/src/protocol';
import { columnFor } from './columns';

/** Goes to a place in a file, beside the page that leads there. */
export async function reveal(
  { uri, range: { start, end } }: PlainPlace,
  page: ViewColumn | undefined,
  log: LogOutputChannel,
): Promise<void> {
  const range = new Range(start.line, start.character, end.line, end.character);
  try {
    const document = await workspace.openTextDocument(Uri.parse(uri));
    await window.showTextDocument(document, { selection: range, viewColumn: columnFor(document, page) });
  } catch (error) {
    log.warn(`${uri} cannot be shown: ${String(error)}`);
    void window.showWarningMessage('The file cannot be shown: it may be gone');
  }
}
