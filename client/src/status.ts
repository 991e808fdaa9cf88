import { type Disposable, LanguageStatusSeverity, languages } from 'vscode';
import type { ActiveDocument } from './active-document';
import { documentSelector } from './documents';
import type { ClientState, EgressClient } from './egress-client';

const textOf: { readonly [state in ClientState]: string } = {
  starting: 'Istio Egress: starting',
  indexing: 'Istio Egress: reading the workspace',
  ready: 'Istio Egress',
  stopped: 'Istio Egress: stopped',
};

/** The item behind the braces in the status bar: what the server does, and what the document is checked with. */
export function showStatus(client: EgressClient, document: ActiveDocument): Disposable {
  const item = languages.createLanguageStatusItem('istioEgress.status', [...documentSelector]);
  item.name = 'Istio Egress';
  const update = (): void => {
    const { state } = client;
    item.text = textOf[state];
    item.busy = state === 'starting' || state === 'indexing';
    item.detail = detail(client, document);
    item.severity = severity(state, document);
    item.command =
      state === 'stopped'
        ? { command: 'istioEgress.restartServer', title: 'Restart the server' }
        : { command: 'istioEgress.showLog', title: 'Show the log' };
  };
  update();
  const subscriptions = [item, client.onStateChanged(update), document.onChanged(update)];
  return { dispose: () => subscriptions.forEach((it) => void it.dispose()) };
}

function detail({ state, files }: EgressClient, { info }: ActiveDocument): string {
  if (state !== 'ready') {
    return '';
  }
  if (info?.skipped) {
    return `not checked: ${info.skipped}`;
  }
  if (!info?.isIstio) {
    return `no Istio object here, ${files} files read`;
  }
  return info.scopes.length === 0 ? 'checked on its own' : `checked together: ${info.scopes.join(', ')}`;
}

function severity(state: ClientState, { info }: ActiveDocument): LanguageStatusSeverity {
  if (state === 'stopped') {
    return LanguageStatusSeverity.Error;
  }
  return info?.skipped ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
}
