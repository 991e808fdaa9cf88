import { type TextEditor, window } from 'vscode';
import {
  type LikelyCalls,
  type LikelyCallsParams,
  likelyCallsRequest,
  type ReadCallParams,
  type ReadCallResult,
  readCallRequest,
  type TraceParams,
} from '../../../server/src/protocol/trace';
import { isSelected } from '../documents';
import type { EgressClient } from '../egress-client';
import { type Asked, askRequest } from '../trace/ask-request';
import type { RememberedCalls } from '../trace/remembered';
import type { TracePanels } from '../trace/trace-panels';
import { askChoice } from '../wizard/inputs';
import { lead, type Step } from '../wizard/steps';

const title = 'Trace Request';

/** Asks for a request where none is given, and shows what happens to it. */
export async function traceRequest(
  client: EgressClient,
  panels: TracePanels,
  remembered: RememberedCalls,
  given?: TraceParams,
): Promise<void> {
  if (given?.call) {
    panels.open(given);
    return;
  }
  const editor = window.activeTextEditor;
  const uri = editor && isSelected(editor.document) ? editor.document.uri.toString() : panels.uri;
  if (uri === undefined) {
    void window.showInformationMessage(
      'Open a file with an Istio object first: a request is followed through its scope',
    );
    return;
  }
  const likely = await client.request<LikelyCalls>(likelyCallsRequest, cursorIn(uri, editor));
  const draft = await lead<Draft>({}, questions(client, remembered, likely));
  const params: ReadCallParams = { url: draft?.asked?.url ?? '', from: draft?.from ?? '' };
  const call =
    draft?.asked && 'call' in draft.asked
      ? draft.asked.call
      : draft?.from && (await client.request<ReadCallResult>(readCallRequest, params)).call;
  if (call) {
    panels.open({ uri, call });
  }
}

interface Draft {
  readonly asked?: Asked;
  readonly from?: string;
}

function questions(
  client: EgressClient,
  remembered: RememberedCalls,
  { calls, namespaces }: LikelyCalls,
): readonly Step<Draft>[] {
  const read = (url: string): Promise<ReadCallResult> =>
    client.request<ReadCallResult>(readCallRequest, { url } satisfies ReadCallParams);
  return [
    async (draft, progress) => {
      const value = draft.asked?.url ?? '';
      const asked = await askRequest({ ...progress, title, value, likely: calls, remembered, read });
      return typeof asked === 'object' ? { ...draft, asked } : asked;
    },
    async (draft, progress) => {
      const { asked } = draft;
      if (!asked || 'call' in asked) {
        return draft;
      }
      const first = asked.namespace === undefined ? [] : [asked.namespace];
      const from = await askChoice({
        ...progress,
        title,
        placeholder: 'The client: choose its namespace, or type NAMESPACE or NAMESPACE/LABEL=VALUE,…',
        choices: [...new Set([...first, ...namespaces])].map((it) => ({ label: it, value: it })),
        typed: (text) =>
          clientForm.test(text) ? { label: text, description: 'as typed', value: text } : undefined,
      });
      return typeof from === 'string' ? { ...draft, from } : from;
    },
  ];
}

const clientForm = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\/[^=,\s]+=[^=,\s]*(?:,[^=,\s]+=[^=,\s]*)*)?$/;

function cursorIn(uri: string, editor: TextEditor | undefined): LikelyCallsParams {
  if (editor?.document.uri.toString() !== uri) {
    return { uri };
  }
  const { line, character } = editor.selection.active;
  return { uri, position: { line, character } };
}
