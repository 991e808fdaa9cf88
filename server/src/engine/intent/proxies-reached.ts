import { type GatewayProxy, proxiesOf } from '../mesh/gateways';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { virtualServicesFor } from '../mesh/routed-hosts';
import type { View } from '../workspace/view';
import { type AnyRoute, gatewaysOf, hopsOf } from './hops';
import { blockAt } from './second-hop';

/**
 * The gateways that follow a route for requests that come to them. A server reads one block of routes, and a Gateway is
 * configured on every pod its selector fits, in whatever namespace. Most of these never see the host; where several are
 * left, nobody knows which is meant.
 */
export function proxiesReached(
  view: View,
  virtualService: MergedVirtualService,
  route: AnyRoute,
): readonly GatewayProxy[] {
  const all = new Map(
    gatewaysOf(view, virtualService, route)
      .filter(({ servers }) => servers.some((it) => blockAt(it) === route.block))
      .flatMap((it) => proxiesOf(view, it))
      .map((it) => [it.id, it]),
  );
  if (all.size < 2) {
    return [...all.values()];
  }
  const routed = virtualService.hosts.flatMap((host) => virtualServicesFor(view, host));
  const led = new Set(routed.flatMap((it) => hopsOf(view, it).map(({ proxy }) => proxy.id)));
  return [...all.values()].filter((it) => led.has(it.id));
}
