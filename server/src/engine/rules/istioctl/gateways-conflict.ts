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
    for (const [index, server] of (gateway.spec.servers ?? []).entries()) {
      const rivals = rivalsOf(view, gateway, server);
      if (rivals.length > 0) {
        const names = rivals.map((it) => `"${it.namespace}/${it.name}"`).toSorted(compareText);
        yield {
          path: ['spec', 'servers', index, 'hosts'],
          message: `${names.join(', ')} ${rivals.length > 1 ? 'have' : 'has'} the same host on port ${portOf(server)} of the same pods, and which of them is followed is not said`,
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

function rivalsOf(
  view: View,
  gateway: Resource<'Gateway'>,
  server: GatewayServer,
): readonly Resource<'Gateway'>[] {
  const rivals = new Map<string, Resource<'Gateway'>>();
  for (const host of server.hosts ?? []) {
    for (const other of gatewaysServing(view, host, portOf(server))) {
      const isSelf = other.namespace === gateway.namespace && other.name === gateway.name;
      if (!isSelf && bindsOf(other, server, host) && selectSamePods(view, gateway, other)) {
        rivals.set(`${other.namespace}/${other.name}`, other);
      }
    }
  }
  return [...rivals.values()];
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

/** Of several servers on one port istioctl remembers the last. */
function bindsOf({ spec }: Resource<'Gateway'>, server: GatewayServer, host: string): boolean {
  const last = (spec.servers ?? []).findLast((it) => portOf(it) === portOf(server));
  return last?.hosts?.includes(host) === true && (last.bind ?? '') === (server.bind ?? '');
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
