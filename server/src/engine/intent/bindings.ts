import { type GatewayProxy, gatewaysNamed, gatewaysOn } from '../mesh/gateways';
import { hostsOverlap, meshGateway, resolveGatewayName, splitNamespacedHost } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { MeshGateway } from '../mesh/mesh-gateway';
import { sameResource } from '../mesh/origin';
import { mergedVirtualService, virtualServices } from '../mesh/virtual-services';
import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import { type GatewayHop, hopsOf, isFromMesh } from './hops';

/** A name in a match that `spec.gateways` does not have, so the match never applies there. */
export interface UnboundName {
  readonly path: Path;
  readonly name: string;
  /** `mesh`, or `namespace/name`. */
  readonly gateway: string;
}

export function unboundNames({ namespace, spec }: Resource<'VirtualService'>): readonly UnboundName[] {
  // Without hosts it is a delegate: the one that refers to it decides where it is bound.
  if ((spec.hosts ?? []).length === 0) {
    return [];
  }
  const bound = new Set(boundNames(spec.gateways).map((it) => resolveGatewayName(it, namespace)));
  return (['http', 'tls', 'tcp'] as const).flatMap((block) =>
    (spec[block] ?? []).flatMap(({ match }, route) =>
      (match ?? []).flatMap(({ gateways }, index) =>
        (gateways ?? []).flatMap((name, position): UnboundName[] => {
          const gateway = resolveGatewayName(name, namespace);
          const path = ['spec', block, route, 'match', index, 'gateways', position];
          return bound.has(gateway) ? [] : [{ path, name, gateway }];
        }),
      ),
    ),
  );
}

/** What `spec.gateways` says, or means when it is not there. */
export function boundNames(gateways: readonly string[] = []): readonly string[] {
  return gateways.length > 0 ? gateways : [meshGateway];
}

/** A way to the gateway that is written for sidecars, in a VirtualService that no sidecar gets. */
export function hopWithoutMesh(view: View, resource: Resource<'VirtualService'>): GatewayHop | undefined {
  const virtualService = mergedVirtualService(view, resource);
  if (virtualService.hosts.length === 0 || virtualService.gateways.includes(meshGateway)) {
    return undefined;
  }
  const hop = hopsOf(view, virtualService).find((it) => isMeantForMesh(view, it));
  return hop && !isDoneElsewhere(view, virtualService, hop) ? hop : undefined;
}

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
      !sameResource(it.resource, resource) &&
      it.gateways.includes(meshGateway) &&
      it.hosts.some((host) => hosts.some((own) => hostsOverlap(host, own))) &&
      hopsOf(view, it).some((other) => other.proxy.id === hop.proxy.id && isFromMesh(other)),
  );
}

/**
 * A Gateway the VirtualService is bound to, which would take the host but certainly runs on other pods than the hop
 * leads to, nor on those of another hop.
 */
export function strayGateway(view: View, hop: GatewayHop, host: string): MeshGateway | undefined {
  const { gateways } = hop.virtualService;
  return gateways
    .flatMap((id) => gatewaysNamed(view, id))
    .find(
      (gateway) =>
        gateway.servers.some((it) =>
          it.hosts.some((written) => hostsOverlap(splitNamespacedHost(written).host, host)),
        ) && hopsOf(view, hop.virtualService).every(({ proxy }) => certainlyMisses(gateway, proxy)),
    );
}

/** Of pods that no file shows, only the labels a Service selects them by are known. */
function certainlyMisses({ selector, serviceHosts }: MeshGateway, { pod, labels }: GatewayProxy): boolean {
  return (
    serviceHosts === undefined &&
    Object.entries(selector ?? {}).some(([label, value]) =>
      labels[label] === undefined ? pod.resource !== undefined : labels[label] !== value,
    )
  );
}
