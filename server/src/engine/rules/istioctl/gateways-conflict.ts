import { compareText } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import type { GatewayServer, Labels } from '../../model/specs';
import { groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { message, seen } from './message';
import { selectedPods } from './pods';
import { selectorText } from './selector-text';

export const gatewaysConflict = message({
  name: 'istioctl/gateways-conflict',
  istio: 'IST0145',
  severity: 'error',
  summary: 'Two Gateways serve the same host on the same port of the same pods.',
  on: 'Gateway',

  *check(gateway, view) {
    const servers = gateway.spec.servers ?? [];
    for (const [index, server] of servers.entries()) {
      const earlier = servers.slice(0, index).filter((it) => portOf(it) === portOf(server));
      const rivals = rivalsOf(view, gateway, server, earlier);
      if (rivals.length > 0) {
        yield {
          path: ['spec', 'servers', index, 'hosts'],
          message: textOf(server, rivals),
          related: rivals.map((resource) => ({
            resource,
            path: ['spec', 'servers'],
            message: 'The same host on the same port',
          })),
        };
      }
    }
  },
});

function textOf(server: GatewayServer, rivals: readonly Resource<'Gateway'>[]): string {
  const names = rivals.map((it) => `"${it.namespace}/${it.name}"`).toSorted(compareText);
  const port = portOf(server);
  return rivals.every((it) => duplicates(knownHosts(it, port), server).length > 0)
    ? `${names.join(', ')} ${rivals.length > 1 ? 'have' : 'has'} the same host on port ${port} of the same pods, and which of them is followed is not said`
    : `A host stands here twice on port ${port}, for which istioctl says that this Gateway is at odds with ${names.join(', ')} on the same pods`;
}

function rivalsOf(
  view: View,
  gateway: Resource<'Gateway'>,
  server: GatewayServer,
  earlier: readonly GatewayServer[],
): readonly Resource<'Gateway'>[] {
  const hosts = server.hosts ?? [];
  const repeats = earlier.some((it) => it.hosts?.some((host) => hosts.includes(host)));
  const others = repeats
    ? gatewaysOnPort(view, portOf(server))
    : hosts.flatMap((host) => gatewaysServing(view, host, portOf(server)));
  const rivals = new Map(others.map((it) => [`${it.namespace}/${it.name}`, it]));
  rivals.delete(`${gateway.namespace}/${gateway.name}`);
  return [...rivals.values()].filter(
    (it) => isAtOdds(it, server, earlier) && selectSamePods(view, gateway, it),
  );
}

/** What a server has and the other Gateway has not, istioctl counts as the other's from then on. */
function isAtOdds(
  other: Resource<'Gateway'>,
  server: GatewayServer,
  earlier: readonly GatewayServer[],
): boolean {
  const known = knownHosts(other, portOf(server));
  for (const it of earlier) {
    if (duplicates(known, it).length === 0) {
      it.hosts?.forEach((host) => void known.set(host, it.bind ?? ''));
    }
  }
  return duplicates(known, server).length > 0;
}

function duplicates(known: ReadonlyMap<string, string>, { hosts = [], bind = '' }: GatewayServer): string[] {
  return hosts.filter((host) => known.get(host) === bind);
}

/** The addresses a Gateway binds its hosts to. Of several servers on one port istioctl remembers the last. */
function knownHosts({ spec }: Resource<'Gateway'>, port: number): Map<string, string> {
  const last = spec.servers?.findLast((it) => portOf(it) === port);
  return new Map(last?.hosts?.map((host) => [host, last.bind ?? '']));
}

function gatewaysOnPort(view: View, port: number): readonly Resource<'Gateway'>[] {
  return view.lookUp(
    'istioctl/gateways-on-port',
    String(port),
    () =>
      groupByEach(seen(view, 'Gateway'), ({ spec }) => [
        ...new Set((spec.servers ?? []).map((it) => String(portOf(it)))),
      ]),
    sameResource,
  );
}

function gatewaysServing(view: View, host: string, port: number): readonly Resource<'Gateway'>[] {
  return view.lookUp(
    'istioctl/gateways-serving',
    `${port} ${host}`,
    () =>
      groupByEach(seen(view, 'Gateway'), ({ spec }) =>
        (spec.servers ?? []).flatMap((it) => (it.hosts ?? []).map((name) => `${portOf(it)} ${name}`)),
      ),
    sameResource,
  );
}

function portOf(server: GatewayServer): number {
  return server.port?.number ?? 0;
}

/** Selectors that differ count as the same when the text of one is within the other's and some Pod has the labels of both. */
function selectSamePods(view: View, a: Resource<'Gateway'>, b: Resource<'Gateway'>): boolean {
  const [ours, theirs]: readonly Labels[] = [a.spec.selector ?? {}, b.spec.selector ?? {}];
  const [text, other] = [selectorText(ours!), selectorText(theirs!)];
  return (
    text === other ||
    ((text.includes(other) || other.includes(text)) && selectedPods(view, { ...ours, ...theirs }).length > 0)
  );
}
