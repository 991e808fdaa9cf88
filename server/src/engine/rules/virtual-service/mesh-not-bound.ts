import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { gatewaysOn } from '../../mesh/gateways';
import { hostsOverlap, meshGateway } from '../../mesh/hosts';
import {
  type MergedVirtualService,
  mergedVirtualService,
  virtualServices,
} from '../../mesh/virtual-services';
import type { View } from '../../workspace/view';
import { edit, rule } from '../rule';

export const meshNotBound = rule({
  name: 'virtual-service/mesh-not-bound',
  layer: 'traffic',
  severity: 'error',
  summary:
    'A VirtualService sends requests to the egress gateway but is not bound to `mesh`, so no sidecar follows it.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    if ((resource.spec.hosts ?? []).length === 0 || virtualService.gateways.includes(meshGateway)) {
      return;
    }
    const hop = hopsOf(view, virtualService).find((it) => isMeantForMesh(view, it));
    if (!hop || isDoneElsewhere(view, virtualService, hop)) {
      return;
    }
    const host = virtualService.hosts[0] ?? '';
    yield {
      path: ['spec', 'gateways'],
      part: 'key',
      message: `"mesh" is missing here, so sidecars ignore this route and requests to "${host}" do not pass the gateway "${hop.proxy.id}"`,
      related: [{ ...hop.origin, message: 'This destination is the gateway' }],
      fixes: [
        edit('Add "mesh"', resource, [{ op: 'insert', path: ['spec', 'gateways'], value: meshGateway }], {
          preferred: true,
          safe: true,
        }),
      ],
    };
  },
});

/**
 * A hop is meant for sidecars when it says so, or when the only gateways it is bound to run on the very pods it
 * leads to: from there it could only lead back. Bound to another gateway, it is the second of two gateways in a row.
 */
function isMeantForMesh(view: View, { virtualService, matches, proxy }: GatewayHop): boolean {
  if (matches.some(({ match }) => match.gateways?.includes(meshGateway))) {
    return true;
  }
  const own = new Set(gatewaysOn(view, proxy).map((it) => it.id));
  return virtualService.gateways.length > 0 && virtualService.gateways.every((it) => own.has(it));
}

/** The layout with one VirtualService for each hop has the first hop in another one. */
function isDoneElsewhere(view: View, { resource, hosts }: MergedVirtualService, hop: GatewayHop): boolean {
  return virtualServices(view).some(
    (it) =>
      it.resource !== resource &&
      it.gateways.includes(meshGateway) &&
      it.hosts.some((host) => hosts.some((own) => hostsOverlap(host, own))) &&
      hopsOf(view, it).some((other) => other.proxy.id === hop.proxy.id && isFromMesh(other)),
  );
}
