import { routeCountsAt, routesOf } from '../../intent/hops';
import { matchesPort } from '../../intent/read-blocks';
import { blockAt } from '../../intent/second-hop';
import { toGateway } from '../../mesh/gateways';
import { splitNamespacedHost } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { virtualServicesFor } from '../../mesh/routed-hosts';
import type { View } from '../../workspace/view';
import { rule } from '../rule';

export const hostsShareRoute = rule({
  name: 'gateway/hosts-share-route',
  layer: 'traffic',
  severity: 'warning',
  summary: 'A server that cannot tell hosts apart has several, and all connections follow the route of one.',
  on: 'Gateway',

  *check(resource, view) {
    for (const server of toGateway(resource).servers.filter((it) => blockAt(it) === 'tcp')) {
      const [first, second] = routed(view, server);
      if (first && second) {
        yield {
          path: [...server.origin.path, 'hosts'],
          part: 'key',
          message: `This server sees connections and no names, so those for "${second.host}" follow the same "tcp" route as those for "${first.host}": every host needs a server of its own`,
          related: [first, second].map(({ route: { resource: it } }) => ({
            resource: it,
            path: ['spec', 'tcp'],
            message: 'One of these two is followed',
          })),
        };
      }
    }
  },
});

interface Routed {
  readonly host: string;
  readonly route: MergedVirtualService;
}

/** The hosts of a server that VirtualServices of their own route there. */
function routed(view: View, server: PlacedServer): readonly Routed[] {
  const found = server.hosts.flatMap((written): Routed[] => {
    const { host } = splitNamespacedHost(written);
    const route = virtualServicesFor(view, host).find((it) => it.hosts.includes(host) && leadsOn(it, server));
    return route ? [{ host, route }] : [];
  });
  const first = found[0];
  const other = found.find((it) => it.route !== first?.route);
  return first && other ? [first, other] : [];
}

function leadsOn(virtualService: MergedVirtualService, { gateway, server }: PlacedServer): boolean {
  return routesOf(virtualService).some(
    (it) =>
      it.block === 'tcp' &&
      routeCountsAt(virtualService, it, gateway.id) &&
      matchesPort(it, gateway.id, server.port?.number),
  );
}
