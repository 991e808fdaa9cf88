import { type GatewayHop, hopsOf, isFromMesh, routesOf } from '../../intent/hops';
import { coversPort, unreadPorts } from '../../intent/read-blocks';
import { unreachedServer } from '../../intent/reception';
import { meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { parseProtocol } from '../../mesh/protocols';
import { virtualServicesFor } from '../../mesh/routed-hosts';
import type { View } from '../../workspace/view';
import { type RuleFinding, rule } from '../rule';

export const portBypassesGateway = rule({
  name: 'service-entry/port-bypasses-gateway',
  layer: 'traffic',
  severity: 'info',
  summary:
    'One port of a host goes through the egress gateway, and another leaves directly from the sidecar.',
  on: 'ServiceEntry',
  isAside: true,

  *check(resource, view) {
    for (const host of resource.spec.hosts ?? []) {
      const routed = virtualServicesFor(view, host).filter((it) => it.gateways.includes(meshGateway));
      const hops = routed.flatMap((it) => hopsOf(view, it)).filter(isFromMesh);
      if (hops.length === 0) {
        continue;
      }
      for (const [index, { number, protocol }] of (resource.spec.ports ?? []).entries()) {
        const isRouted =
          number === undefined ||
          routed.some(
            (it) => coversPort(it, number, parseProtocol(protocol)) || isMisrouted(view, it, number),
          );
        if (!isRouted) {
          yield finding(view, index, number, host, hops);
        }
      }
    }
  },
});

/** A route for the port that stands in a block nobody reads is a finding of its own. */
function isMisrouted(view: View, virtualService: MergedVirtualService, port: number): boolean {
  return routesOf(virtualService).some((route) =>
    unreadPorts(view, virtualService, route).some((it) => it.number === port),
  );
}

function finding(
  view: View,
  index: number,
  port: number,
  host: string,
  hops: readonly GatewayHop[],
): RuleFinding {
  const [hop] = hops as readonly [GatewayHop];
  const server = unreachedServer(view, hops, host, port);
  const why = server
    ? `The gateway "${hop.proxy.id}" has a server for "${host}:${port}", and no route leads there: these requests leave directly from the sidecar`
    : `Requests to "${host}:${port}" leave directly from the sidecar: no route sends this port to the gateway "${hop.proxy.id}"`;
  return {
    path: ['spec', 'ports', index, 'number'],
    message: why,
    severity: severityOf(view, server),
    related: [
      ...(server ? [{ ...server.origin, message: 'This server waits for them' }] : []),
      { ...hop.origin, message: 'Other requests to this host are sent to the gateway here' },
    ],
  };
}

/** Where nobody wrote that the port should pass the gateway, only the strict profile takes it for a mistake. */
function severityOf(view: View, server: PlacedServer | undefined): 'warning' | 'info' {
  return server || view.settings.profile === 'strict' ? 'warning' : 'info';
}
