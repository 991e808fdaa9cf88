import { type CodeLens, CodeLensRefreshRequest } from 'vscode-languageserver';
import type { Engine } from '../../engine/engine';
import { callsOfHosts, type HostCalls } from '../../engine/explain/host-calls';
import { lensWords } from '../../engine/explain/lens-words';
import type { TraceCall, TraceParams } from '../../protocol/trace';
import type { Shell } from '../shell';
import { placeOf, placer } from './places';

/** More lines between the text than this help nobody. */
const mostHosts = 20;
/** A host may be called from hundreds of namespaces, mostly in one way. */
const mostClients = 5;

/** What a lens needs to know of itself once it is to be seen. */
interface LensData {
  readonly uri: string;
  readonly calls: readonly TraceCall[];
}

/**
 * Above each host of a VirtualService or ServiceEntry: where its requests go, a lens for each port. They are followed
 * once typing pauses, and only for lenses that are to be seen.
 */
export function registerCodeLens(shell: Shell): void {
  const { connection, catchUp, publisher } = shell;
  let isAsked = false;
  connection.onCodeLens(({ textDocument: { uri } }) => {
    isAsked = true;
    if (!shell.settings.codeLens || shell.isIndexing) {
      return [];
    }
    shell.flush();
    return lensesOf(shell, uri);
  });
  connection.onCodeLensResolve(async (lens, token): Promise<CodeLens> => {
    await catchUp.settled();
    return token.isCancellationRequested || lens.command || !lens.data ? lens : resolved(shell, lens);
  });
  // Editors ask again for the document that was typed in, and for no other that shows the same requests.
  publisher.onTouched.push(() => {
    if (isAsked && shell.client.workspace?.codeLens?.refreshSupport) {
      isAsked = false;
      // Once the round that has just begun is over.
      setImmediate(async () => {
        await catchUp.settled();
        await connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
      });
    }
  });
}

function lensesOf(shell: Shell, uri: string): CodeLens[] {
  const { engine } = shell.projects.of(uri);
  const toPlace = placer(shell, engine);
  const lenses: CodeLens[] = [];
  let hosts = 0;
  for (const calls of hostsIn(engine, uri)) {
    const { place } = placeOf(calls[0]!.origin, toPlace);
    if (!place) {
      continue;
    }
    hosts++;
    if (hosts > mostHosts) {
      const title = 'Requests to further hosts of this document: "Istio Egress: Trace Request…"';
      lenses.push({ range: place.range, command: { title, command: '' } });
      break;
    }
    for (const { requests } of calls) {
      lenses.push({
        range: place.range,
        data: { uri, calls: requests.slice(0, mostClients) } satisfies LensData,
      });
    }
  }
  return lenses;
}

/** The requests of every host, host by host. Templates say too little of what becomes of a request. */
function* hostsIn(engine: Engine, uri: string): Iterable<readonly HostCalls[]> {
  const [live] = engine.scopesOf(uri);
  for (const { slot } of engine.file(uri)?.entries ?? []) {
    for (const resource of live?.scope.resourcesOf(slot) ?? []) {
      if (live && resource.standing === 'accepted') {
        yield* byHost(callsOfHosts(live.scope, resource));
      }
    }
  }
}

function byHost(calls: readonly HostCalls[]): readonly (readonly HostCalls[])[] {
  const hosts = new Map<string, HostCalls[]>();
  for (const it of calls) {
    hosts.set(it.host, [...(hosts.get(it.host) ?? []), it]);
  }
  return [...hosts.values()];
}

function resolved({ projects, options }: Shell, lens: CodeLens): CodeLens {
  const { uri, calls } = lens.data as LensData;
  const [live] = projects.of(uri).engine.scopesOf(uri);
  const [call] = calls;
  if (!live || !call) {
    return { ...lens, command: { title: '', command: '' } };
  }
  // Editors draw pictures for names in such signs.
  const title = lensWords(live.scope, calls).replaceAll('$(', '$ (');
  const shown: TraceParams = { uri, call };
  return { ...lens, command: { title, command: options.traceCommand ?? '', arguments: [shown] } };
}
