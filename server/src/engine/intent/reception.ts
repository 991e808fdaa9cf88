import { type GatewayProxy, gatewaysOn, type PlacedServer, serverHostsFor } from '../mesh/gateways';
import { hostsOverlap, splitNamespacedHost } from '../mesh/hosts';
import { portOf } from '../mesh/registry';
import { resolvePorts, targetPortOf } from '../mesh/resolve-ports';
import { gatewayVirtualServices, type MergedVirtualService } from '../mesh/virtual-services';
import type { View } from '../workspace/view';
import { type AnyRoute, type GatewayHop, routeCountsAt, routesOf } from './hops';

/** How a gateway takes what a hop sends it, as far as the first thing that is missing. */
export type Reception =
  /** No Gateway is configured on these pods. */
  | { readonly state: 'no-gateway' }
  /** There are servers, but none on the port the hop leads to. */
  | { readonly state: 'no-server-on-port'; readonly servers: readonly PlacedServer[] }
  /** There are servers on the port, but none for this host. */
  | { readonly state: 'host-not-served'; readonly servers: readonly PlacedServer[] }
  /** A server takes the host, but no VirtualService with this host is bound to its Gateway. */
  | { readonly state: 'not-bound'; readonly servers: readonly PlacedServer[] }
  /** A VirtualService is bound, but none of its routes counts at the Gateway. */
  | {
      readonly state: 'no-route';
      readonly servers: readonly PlacedServer[];
      readonly bound: readonly Bound[];
    }
  | {
      readonly state: 'received';
      readonly servers: readonly PlacedServer[];
      readonly bound: readonly Bound[];
    };

/** A VirtualService that has something to say about the host at a server. */
export interface Bound {
  readonly virtualService: MergedVirtualService;
  readonly server: PlacedServer;
  /** Its routes that count there. */
  readonly routes: readonly AnyRoute[];
}

export function reception(view: View, hop: GatewayHop, host: string): Reception {
  const all = gatewaysOn(view, hop.proxy).flatMap((it) => it.servers);
  if (all.length === 0) {
    return { state: 'no-gateway' };
  }
  const onPort = hop.port === undefined ? all : serversOnPort(view, hop.proxy, hop.port);
  if (onPort.length === 0) {
    return { state: 'no-server-on-port', servers: all };
  }
  const servers = onPort.filter((it) =>
    it.hosts.some((written) => hostsOverlap(splitNamespacedHost(written).host, host)),
  );
  if (servers.length === 0) {
    return { state: 'host-not-served', servers: onPort };
  }
  const bound = servers.flatMap((server) => boundTo(view, hop.proxy, server, host));
  if (bound.length === 0) {
    return { state: 'not-bound', servers };
  }
  return { state: bound.some((it) => it.routes.length > 0) ? 'received' : 'no-route', servers, bound };
}

/** The servers that listen where a port of the gateway's Service leads. */
export function serversOnPort(view: View, proxy: GatewayProxy, port: number): readonly PlacedServer[] {
  const servicePort = portOf(proxy.service, port);
  const target = servicePort && targetPortOf(servicePort, proxy.pod);
  return gatewaysOn(view, proxy).flatMap((gateway) =>
    gateway.servers.filter(({ server }) => {
      const number = server.port?.number;
      return (
        number !== undefined && target !== undefined && resolvePorts(number, gateway, proxy).includes(target)
      );
    }),
  );
}

function boundTo(view: View, proxy: GatewayProxy, server: PlacedServer, host: string): Bound[] {
  return gatewayVirtualServices(view, proxy.namespace, server.gateway.id)
    .filter(
      (it) =>
        it.hosts.some((own) => hostsOverlap(own, host)) &&
        serverHostsFor(server, it.namespace).some((served) => hostsOverlap(served, host)),
    )
    .map((virtualService) => ({
      virtualService,
      server,
      routes: routesOf(virtualService).filter((route) =>
        routeCountsAt(virtualService, route, server.gateway.id),
      ),
    }));
}

/** The names requests carry on a hop: what the route changes them to, the SNI, or the hosts of the VirtualService. */
export function hostsOnHop(hop: GatewayHop): readonly string[] {
  if (hop.authority !== undefined) {
    return [hop.authority];
  }
  const sniHosts = hop.block === 'tls' ? hop.matches.flatMap(({ match }) => match.sniHosts ?? []) : [];
  return sniHosts.length > 0 ? [...new Set(sniHosts)] : hop.virtualService.hosts;
}
