import { window, workspace } from 'vscode';
import { type GenerateParams, type GenerateResult, generateRequest } from '../../../server/src/protocol';
import type { EgressClient } from '../egress-client';

/** Starts a route from nothing but a host name. */
export async function newEgressRoute(client: EgressClient): Promise<void> {
  const host = await window.showInputBox({
    title: 'New Egress Route',
    prompt: 'The host outside the mesh that applications call',
    placeHolder: 'api.example.com',
    validateInput: complaintAbout,
  });
  if (host === undefined) {
    return;
  }
  const uri = window.activeTextEditor?.document.uri.toString();
  const params: GenerateParams = { host: host.trim(), ...(uri !== undefined && { uri }) };
  const { files, notes } = await client.request<GenerateResult>(generateRequest, params);
  for (const { text } of files) {
    await window.showTextDocument(await workspace.openTextDocument({ language: 'yaml', content: text }));
  }
  if (notes.length > 0) {
    void window.showInformationMessage(notes.join('. '));
  }
}

function complaintAbout(value: string): string | undefined {
  const isName = /^(?:\*\.)?(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;
  return isName.test(value.trim()) ? undefined : 'A full DNS name is needed, such as api.example.com';
}
