import { commands, type Disposable, EventEmitter, type TextDocument, window } from 'vscode';
import { type DocumentInfo, type DocumentInfoParams, documentInfoRequest } from '../../server/src/protocol';
import { isSelected } from './documents';
import type { EgressClient } from './egress-client';

/** What the server says of the document in front, for menus and the status. */
export interface ActiveDocument extends Disposable {
  readonly info: DocumentInfo | undefined;
  readonly onChanged: (listener: () => void) => Disposable;
}

/** `when` clauses of menus and keys read this. */
const contextKey = 'istioEgress.documentActive';

export function trackActiveDocument(client: EgressClient): ActiveDocument {
  const changed = new EventEmitter<void>();
  let info: DocumentInfo | undefined;
  let asked = 0;

  const refresh = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    const turn = ++asked;
    const answer = document && (await infoOf(client, document));
    // Answers may overtake each other while someone switches between editors.
    if (turn === asked) {
      info = answer;
      changed.fire();
      await commands.executeCommand('setContext', contextKey, answer?.isIstio ?? false);
    }
  };
  const subscriptions = [
    changed,
    window.onDidChangeActiveTextEditor(refresh),
    client.onDocumentsChanged(refresh),
  ];
  return {
    get info() {
      return info;
    },
    onChanged: (listener) => changed.event(listener),
    dispose: () => subscriptions.forEach((it) => void it.dispose()),
  };
}

async function infoOf(client: EgressClient, document: TextDocument): Promise<DocumentInfo | undefined> {
  const running = client.state === 'ready' || client.state === 'indexing';
  if (!running || !isSelected(document)) {
    return undefined;
  }
  const params: DocumentInfoParams = { uri: document.uri.toString() };
  try {
    return await client.request<DocumentInfo>(documentInfoRequest, params);
  } catch (error) {
    // The server may stop between question and answer; its state says so on its own.
    client.log.debug(`No information about ${params.uri}: ${String(error)}`);
    return undefined;
  }
}
