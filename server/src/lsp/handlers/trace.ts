import { namespacesIn } from '../../engine/assist/candidate-names';
import {
  type ExplainedHop,
  type ExplainedWay,
  explainTrace,
  type Reason,
} from '../../engine/explain/explain-trace';
import { callsOfHosts } from '../../engine/explain/host-calls';
import { outcomeWords } from '../../engine/explain/outcome-words';
import { entryAt } from '../../engine/source/entry-at';
import { readClient, readRequestUrl, requestTrouble, urlOf } from '../../engine/traffic/read-request';
import type { Hop } from '../../engine/traffic/request';
import {
  type LikelyCalls,
  type LikelyCallsParams,
  likelyCallsRequest,
  type ReadCallParams,
  type ReadCallResult,
  readCallRequest,
  type TraceHop,
  type TraceParams,
  type TraceReason,
  type TraceResult,
  type TraceWay,
  traceRequest,
} from '../../protocol/trace';
import type { Shell } from '../shell';
import { pathAt } from './path-at';
import { placeOf, placer, type ToPlace } from './places';

/** What happens to one request, and what one may ask about. */
export function registerTrace(shell: Shell): void {
  const { connection } = shell;
  connection.onRequest(traceRequest, (params: TraceParams): TraceResult => {
    shell.flush();
    shell.announce();
    try {
      return traced(shell, params);
    } catch (error) {
      connection.console.error(`A request was not followed: ${String(error)}`);
      return untraced('the server failed on it, and its log says how');
    }
  });
  connection.onRequest(readCallRequest, readCall);
  connection.onRequest(likelyCallsRequest, (params: LikelyCallsParams): LikelyCalls => {
    shell.flush();
    return likelyCalls(shell, params);
  });
}

function readCall({ url, from }: ReadCallParams): ReadCallResult {
  const target = readRequestUrl(String(url));
  const client = readClient(String(from ?? 'default'));
  if ('trouble' in target) {
    return target;
  }
  return 'trouble' in client ? client : { call: { ...target, ...client } };
}

function traced(shell: Shell, { uri, call }: TraceParams): TraceResult {
  const trouble = requestTrouble(call);
  if (trouble !== undefined) {
    return untraced(`this is no request: ${trouble}`);
  }
  const { engine } = shell.projects.of(uri);
  const [live] = engine.scopesOf(uri);
  const url = urlOf(call);
  if (!live) {
    return { ...untraced('there is no manifest to follow the request through'), url };
  }
  const toPlace = placer(shell, engine);
  const paths = explainTrace(live.scope, call).map((it) => toWay(it, toPlace));
  return { scope: live.plan.name, url, paths };
}

function untraced(reason: string): TraceResult {
  const path = { outcome: 'not-evaluated', via: [], tls: [], weight: 0, hops: [] } as const;
  return {
    scope: '',
    url: '',
    paths: [{ ...path, ...outcomeWords(path, ''), state: 'not-evaluated', reason }],
  };
}

function toWay({ path, state, words, hops }: ExplainedWay, toPlace: ToPlace): TraceWay {
  return { ...path, ...words, state, hops: hops.map((it) => toHop(it, toPlace)) };
}

function toHop({ hop, decisions, others }: ExplainedHop, toPlace: ToPlace): TraceHop {
  const space = hop.proxy.indexOf(' ');
  const toReason = ({ words, origin }: Reason): TraceReason => ({ words, ...placeOf(origin, toPlace) });
  return {
    kind: hop.proxy.startsWith('gateway ') ? 'gateway' : 'sidecar',
    name: hop.proxy.slice(space + 1),
    decisions: decisions.map(toReason),
    others: others.map(toReason),
    facts: factsOf(hop),
  };
}

function factsOf(hop: Hop): TraceHop['facts'] {
  const { listener, filterChain, routeConfig, virtualHost, route, cluster, tunnel, layers = [] } = hop;
  const sent = layers
    .map(({ mode, sni }) => (sni === undefined ? mode : `${mode} "${sni}"`))
    .join(', inside ');
  return Object.entries({
    listener,
    'filter chain': filterChain,
    'route configuration': routeConfig,
    'virtual host': virtualHost,
    route,
    cluster,
    tunnel,
    'TLS sent': sent || undefined,
  }).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** Those of the object at the cursor, and of the host at the cursor first. */
function likelyCalls(shell: Shell, { uri, position }: LikelyCallsParams): LikelyCalls {
  const { engine } = shell.projects.of(uri);
  const [live] = engine.scopesOf(uri);
  const file = engine.file(uri);
  const offset = position && shell.documents.get(uri)?.offsetAt(position);
  const found = file && offset !== undefined ? entryAt(file, offset) : undefined;
  const path = found ? pathAt(found.entry.document.yaml.root, found.offset) : [];
  const nearest = file?.entries.toSorted((a, b) => Number(b === found?.entry) - Number(a === found?.entry));
  const calls = (nearest ?? [])
    .flatMap(({ slot }) => live?.scope.resourcesOf(slot) ?? [])
    .filter((it) => it.standing === 'accepted')
    .flatMap((it) => (live ? callsOfHosts(live.scope, it) : []));
  const isHere = ({ origin }: (typeof calls)[number]): boolean =>
    origin.resource.slot === found?.entry.slot &&
    [...origin.resource.base, ...origin.path].every((step, index) => path[index] === step);
  const requests = calls
    .toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)))
    .flatMap((it) => it.requests);
  const all = new Map(requests.map((call) => [`${urlOf(call)} ${call.from.namespace}`, call]));
  const namespaces = [...requests.map((it) => it.from.namespace), ...(live ? namespacesIn(live.scope) : [])];
  return {
    calls: [...all.values()].slice(0, most).map((call) => ({ url: urlOf(call), call })),
    namespaces: [...new Set([...namespaces, 'default'])],
  };
}

/** Nobody reads a longer list. */
const most = 50;
