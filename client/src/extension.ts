import type { ExtensionContext } from 'vscode';
import { trackActiveDocument } from './active-document';
import { registerCommands } from './commands/index';
import { EgressClient } from './egress-client';
import { showStatus } from './status';

let client: EgressClient | undefined;

/** What the extension gives to others, tests among them. */
export interface ExtensionApi {
  /** Resolves when the server has read the workspace. */
  ready(): Promise<void>;
}

export async function activate(context: ExtensionContext): Promise<ExtensionApi> {
  client = new EgressClient(context);
  const document = trackActiveDocument(client);
  context.subscriptions.push(client, document, showStatus(client, document));
  registerCommands(context, client);
  await client.start();
  return { ready: client.ready };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
