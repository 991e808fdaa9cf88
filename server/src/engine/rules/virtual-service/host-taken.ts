import { likelyClients, namespacesText } from '../../intent/clients';
import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { compareAge, sameAge } from '../../mesh/age';
import { isWildcard, meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { sameResource } from '../../mesh/origin';
import { virtualServicesFor } from '../../mesh/routed-hosts';
import { inOrderOfPreference, mergedVirtualService } from '../../mesh/virtual-services';
import { isExportedTo } from '../../mesh/visibility';
import type { View } from '../../workspace/view';
import { type RuleFinding, rule } from '../rule';

export const hostTaken = rule({
  name: 'virtual-service/host-taken',
  istio: 'IST0109',
  layer: 'traffic',
  severity: 'error',
  summary: 'Another VirtualService has the host first, so the route to the egress gateway is not followed.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    const hop = hopsOf(view, virtualService).find((it) => it.block === 'http' && isFromMesh(it));
    if (!hop) {
      return;
    }
    for (const [index, host] of virtualService.hosts.entries()) {
      const found = isWildcard(host) ? undefined : winner(view, virtualService, host);
      const [namespace, other] = found ?? [];
      if (namespace !== undefined && other && !leadsThere(view, other, hop)) {
        yield finding(view, virtualService, index, hop, namespace, other);
      }
    }
  },
});

/** A namespace whose sidecars follow another VirtualService for the host, and that one. */
function winner(
  view: View,
  virtualService: MergedVirtualService,
  host: string,
): readonly [namespace: string, other: MergedVirtualService] | undefined {
  const rivals = virtualServicesFor(view, host)
    .filter((it) => it.hosts.includes(host) && it.gateways.includes(meshGateway) && it.http.length > 0)
    .toSorted(compareAge);
  for (const namespace of rivals.length < 2 ? [] : likelyClients(view, virtualService)) {
    const seen = rivals.filter((it) => isExportedTo(it.exportTo, it.namespace, namespace));
    const [first] = inOrderOfPreference(seen, namespace);
    if (first && !sameResource(first.resource, virtualService.resource)) {
      return [namespace, first];
    }
  }
  return undefined;
}

function leadsThere(view: View, other: MergedVirtualService, { proxy }: GatewayHop): boolean {
  return hopsOf(view, other).some((it) => isFromMesh(it) && it.proxy.id === proxy.id);
}

function finding(
  view: View,
  virtualService: MergedVirtualService,
  index: number,
  { proxy }: GatewayHop,
  namespace: string,
  other: MergedVirtualService,
): RuleFinding {
  const host = virtualService.hosts[index]!;
  const id = `${other.namespace}/${other.name}`;
  // Files seldom say when an object was made, and with equal ages only the names decide.
  const isGuess = sameAge(virtualService, other) && !view.settings.closedWorld;
  return {
    path: virtualService.hostOrigins[index]!.path,
    message: isGuess
      ? `Sidecars follow only the older one of two VirtualServices for "${host}"; of equal age that is "${id}", and then these requests do not pass the gateway "${proxy.id}"`
      : `Sidecars of ${namespacesText(namespace)} follow "${id}" for "${host}" and this VirtualService not at all, so these requests do not pass the gateway "${proxy.id}"`,
    severity: isGuess ? 'warning' : 'error',
    related: [{ ...other.hostOrigins[other.hosts.indexOf(host)]!, message: 'The one that has the host' }],
  };
}
