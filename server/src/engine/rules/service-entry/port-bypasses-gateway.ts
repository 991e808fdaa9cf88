import {
  type AnyRoute,
  type GatewayHop,
  hopsOf,
  isFromMesh,
  matchedPorts,
  type RouteBlock,
  routeCountsAt,
  routesOf,
} from '../../intent/hops';
import { virtualServicesFor } from '../../intent/routed-hosts';
import { meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { isHttp, isTls, type Protocol, parseProtocol } from '../../mesh/protocols';
import type { View } from '../../workspace/view';
import { rule } from '../rule';

export const portBypassesGateway = rule({
  name: 'service-entry/port-bypasses-gateway',
  layer: 'traffic',
  severity: 'info',
  summary:
    'One port of a host goes through the egress gateway, and another leaves directly from the sidecar.',
  on: 'ServiceEntry',

  *check(resource, view) {
    for (const host of resource.spec.hosts ?? []) {
      const routed = virtualServicesFor(view, host).filter((it) => it.gateways.includes(meshGateway));
      const hop = routed.flatMap((it) => hopsOf(view, it)).find(isFromMesh);
      if (!hop) {
        continue;
      }
      for (const [index, port] of (resource.spec.ports ?? []).entries()) {
        const protocol = parseProtocol(port.protocol);
        if (port.number === undefined || routed.some((it) => coversPort(it, port.number!, protocol))) {
          continue;
        }
        yield finding(view, index, port.number, host, hop);
      }
    }
  },
});

function finding(view: View, index: number, port: number, host: string, hop: GatewayHop) {
  return {
    path: ['spec', 'ports', index, 'number'],
    message: `Requests to "${host}:${port}" leave directly from the sidecar: no route sends this port to the gateway "${hop.proxy.id}"`,
    // Nobody wrote that this port should pass the gateway, so only the strict profile takes it for a mistake.
    ...(view.settings.profile === 'strict' && { severity: 'warning' as const }),
    related: [{ ...hop.origin, message: 'Other requests to this host are sent to the gateway here' }],
  };
}

/** Whether some route of the VirtualService decides about this port, wherever it leads. */
function coversPort(virtualService: MergedVirtualService, port: number, protocol: Protocol): boolean {
  return routesOf(virtualService).some((route) => {
    const ports = matchedPorts(route as AnyRoute, meshGateway);
    return (
      routeCountsAt(virtualService, route, meshGateway) &&
      isReadFor(route.block, protocol) &&
      (ports === undefined || ports.includes(port))
    );
  });
}

/** Whether sidecars look into this block for a port of this protocol. */
export function isReadFor(block: RouteBlock, protocol: Protocol): boolean {
  switch (block) {
    case 'http':
      return isHttp(protocol) || protocol === 'unsupported';
    case 'tls':
      return isTls(protocol);
    case 'tcp':
      return !isHttp(protocol) && !isTls(protocol);
  }
}
