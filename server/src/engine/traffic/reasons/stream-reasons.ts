import { hostsOverlap, meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { origin, sameResource, within } from '../../mesh/origin';
import { virtualServicesFor } from '../../mesh/routed-hosts';
import { isExportedTo } from '../../mesh/visibility';
import { objectName } from '../../model/object-name';
import { asKind } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { FilterChain } from '../filter-chains';
import type { MeshProxy } from '../mesh-proxy';
import type { Alternative } from '../request';
import { matchWords } from './match-words';
import { preference } from './route-reasons';

/** More than a few help nobody. */
const most = 3;

/** VirtualServices whose TLS or TCP routes might have taken a connection of a sidecar, and why they did not. */
export function streamReasons(
  view: View,
  proxy: MeshProxy,
  taken: FilterChain,
  host: string,
): readonly Alternative[] {
  const winner = taken.origins.map((it) => asKind(it.resource, 'VirtualService')).find((it) => it);
  const all = new Set(proxy.scope.listeners.flatMap((it) => it.virtualServices));
  const others = [...all].filter(
    (it) => !sameResource(it.resource, winner) && it.hosts.some((own) => hostsOverlap(own, host)),
  );
  const found = others.flatMap((it): readonly Alternative[] => {
    if (!winner) {
      return unfit(it);
    }
    const placed = it.tls.find(({ route }) => route.match?.some((match) => match.sniHosts?.includes(host)));
    const words = `${objectName(winner)} ${preference(view, proxy.namespace, winner, it.resource)}`;
    const reason = `${objectName(it.resource)} routes this server name too, but ${words}`;
    return placed ? [{ origin: placed.origin, reason }] : [];
  });
  return found.slice(0, most);
}

/** What the routes of a VirtualService ask for, none of which has fitted. */
function unfit({ resource, tls, tcp }: MergedVirtualService): readonly Alternative[] {
  return [...tls, ...tcp].flatMap(({ route, origin: at }) =>
    (route.match ?? []).map((match, index): Alternative => {
      const place = `${String(at.path[1])}[${String(at.path[2])}] of ${objectName(resource)}`;
      return { origin: within(at, 'match', index), reason: `${place} asks for ${matchWords(match)}` };
    }),
  );
}

/** VirtualServices for the sidecars of the mesh that have the host, and that this one does not see. */
export function unseenReasons(view: View, proxy: MeshProxy, host: string): readonly Alternative[] {
  const seen = proxy.scope.listeners.flatMap((it) => it.virtualServices);
  return virtualServicesFor(view, host)
    .filter(
      (it) =>
        it.gateways.includes(meshGateway) && !seen.some((other) => sameResource(other.resource, it.resource)),
    )
    .map(({ resource, exportTo, namespace }): Alternative => {
      const { sidecar } = proxy.scope;
      const isExported = isExportedTo(exportTo, namespace, proxy.namespace);
      const words =
        isExported && sidecar
          ? `but ${objectName(sidecar)} does not import it`
          : `but is not exported to namespace "${proxy.namespace}"`;
      return {
        origin: origin(resource, 'spec', isExported ? 'hosts' : 'exportTo'),
        reason: `${objectName(resource)} has this host, ${words}`,
      };
    })
    .slice(0, most);
}
