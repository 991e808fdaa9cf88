import { window } from 'vscode';
import type { EgressClient } from '../egress-client';

export async function restartServer(client: EgressClient): Promise<void> {
  try {
    await client.restart();
  } catch (error) {
    client.log.error(`The server did not start: ${String(error)}`);
    const show = 'Show the log';
    const chosen = await window.showErrorMessage('The Istio Egress server did not start', show);
    if (chosen === show) {
      client.log.show();
    }
  }
}
