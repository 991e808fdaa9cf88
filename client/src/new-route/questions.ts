import {
  type GenerateParams,
  type HostTrouble,
  type HostTroubleParams,
  hostTroubleRequest,
  type RouteChoices,
  type RoutePattern,
  routeChoicesRequest,
} from '../../../server/src/protocol';
import type { EgressClient } from '../egress-client';
import { askChoice, askText, type Choice } from '../wizard/inputs';
import { back, type Outcome, type Progress, type Step } from '../wizard/steps';

/** Where the new documents go. */
export type Target = 'file' | 'files' | 'unsaved';

/** What is known of the route so far. */
export interface RouteDraft extends Partial<GenerateParams> {
  readonly target?: Target;
}

const title = 'New Egress Route';

/** The questions in their order. `folder` is where files would be written, if they can be. */
export function questions(client: EgressClient, folder: string | undefined): readonly Step<RouteDraft>[] {
  return [
    (draft, progress) => host(client, draft, progress),
    pattern,
    (draft, progress) => gateway(client, draft, progress),
    (draft, progress) => namespace(client, draft, progress),
    (draft, progress) => target(folder, draft, progress),
  ];
}

async function host(
  client: EgressClient,
  draft: RouteDraft,
  progress: Progress,
): Promise<Outcome<RouteDraft>> {
  const { uri } = draft;
  const answer = await askText({
    ...progress,
    title,
    prompt: 'The host outside the mesh that applications call',
    placeholder: 'api.example.com',
    value: draft.host ?? '',
    complaint: async (text) => {
      const params: HostTroubleParams = { host: text, ...(uri !== undefined && { uri }) };
      return (await client.request<HostTrouble>(hostTroubleRequest, params)).trouble;
    },
  });
  return typeof answer === 'string' ? { ...draft, host: answer } : answer;
}

const patterns: readonly Choice<RoutePattern | 'both'>[] = [
  {
    label: 'HTTP and TLS as they come',
    detail: 'HTTP on port 80 and TLS on port 443 pass the gateway; TLS is passed through by its server name',
    value: 'both',
  },
  {
    label: 'HTTP',
    detail: 'Port 80 passes the gateway, which sees every request',
    value: 'http',
  },
  {
    label: 'TLS passthrough',
    detail:
      'Applications speak TLS on port 443; the gateway routes it by its server name and sees no request',
    value: 'tls-passthrough',
  },
  {
    label: 'TLS origination at the gateway',
    detail: 'Applications call port 80; mutual TLS of the mesh to the gateway, TLS from there to the host',
    value: 'originate-gateway',
  },
  {
    label: 'TLS origination at the sidecar',
    detail: 'Applications call port 80; the sidecar speaks TLS to the host, past every gateway',
    value: 'originate-sidecar',
  },
];

async function pattern(draft: RouteDraft, progress: Progress): Promise<Outcome<RouteDraft>> {
  const placeholder = `How requests to ${draft.host} leave the mesh`;
  const answer = await askChoice({ ...progress, title, placeholder, choices: patterns });
  if (answer === back || answer === undefined) {
    return answer;
  }
  const { pattern: _, ...rest } = draft;
  return answer === 'both' ? rest : { ...rest, pattern: answer };
}

const stock = 'istio-system/istio-egressgateway';

async function gateway(
  client: EgressClient,
  draft: RouteDraft,
  progress: Progress,
): Promise<Outcome<RouteDraft>> {
  const { gateway: _, ...rest } = draft;
  if (draft.pattern === 'originate-sidecar') {
    const choices = [
      { label: 'No gateway', detail: 'The sidecar sends requests to the host itself', value: rest },
    ];
    return askChoice({ ...progress, title, placeholder: 'No gateway takes part', choices });
  }
  const { gateways } = await choicesFor(client, draft);
  const found = gateways.map(({ service, detail }) => ({
    label: service,
    description: detail,
    value: service,
  }));
  const known = found.some((it) => it.label === stock)
    ? found
    : [...found, { label: stock, description: 'the stock egress gateway', value: stock }];
  const answer = await askChoice({
    ...progress,
    title,
    placeholder: "The gateway's Service: choose one, or type NAMESPACE/NAME",
    choices: known,
    typed: (text) =>
      /^[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/.test(text)
        ? { label: text, description: 'as typed', value: text }
        : undefined,
  });
  return typeof answer === 'string' ? { ...rest, gateway: answer } : answer;
}

async function namespace(
  client: EgressClient,
  draft: RouteDraft,
  progress: Progress,
): Promise<Outcome<RouteDraft>> {
  const { namespaces } = await choicesFor(client, draft);
  const answer = await askChoice({
    ...progress,
    title,
    placeholder: 'The namespace of the applications: choose one, or type its name',
    choices: namespaces.map((it) => ({ label: it, value: it })),
    typed: (text) =>
      /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
        ? { label: text, description: 'as typed', value: text }
        : undefined,
  });
  return typeof answer === 'string' ? { ...draft, namespace: answer } : answer;
}

function choicesFor(client: EgressClient, { uri }: RouteDraft): Promise<RouteChoices> {
  return client.request<RouteChoices>(routeChoicesRequest, { ...(uri !== undefined && { uri }) });
}

async function target(
  folder: string | undefined,
  draft: RouteDraft,
  progress: Progress,
): Promise<Outcome<RouteDraft>> {
  const unsaved: Choice<Target> = {
    label: 'An unsaved document',
    detail: 'To look at first: nothing is written until you save it',
    value: 'unsaved',
  };
  const files: readonly Choice<Target>[] = [
    { label: 'One file', detail: `In ${folder}`, value: 'file' },
    { label: 'A file for each object', detail: `In ${folder}`, value: 'files' },
  ];
  const answer = await askChoice({
    ...progress,
    title,
    placeholder: 'Where the documents go',
    choices: folder === undefined ? [unsaved] : [unsaved, ...files],
  });
  return typeof answer === 'string' ? { ...draft, target: answer } : answer;
}
