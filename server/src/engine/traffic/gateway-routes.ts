import { serverHostsFor } from '../mesh/gateways';
import { intersectHosts } from '../mesh/hosts';
import { type ListeningServer, mergedGateway } from '../mesh/merged-servers';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { Origin } from '../mesh/origin';
import { isServiceVisible, servicesNamed } from '../mesh/registry';
import type { MeshService } from '../mesh/service';
import { gatewayVirtualServices } from '../mesh/virtual-services';
import type { View } from '../workspace/view';
import { currentProxy, type MeshProxy } from './mesh-proxy';
import { buildRoutes, isCatchAll, type Route } from './routes';
import { type RouteConfig, routeConfig, type VirtualHost } from './virtual-hosts';

interface OpenHost {
  readonly name: string;
  readonly routes: Route[];
  readonly origins: Origin[];
  requiresTls: boolean;
}

/** The virtual hosts of the servers of a gateway that share the name of their routes. */
export function gatewayRoutes(view: View, proxy: MeshProxy, name: string): RouteConfig {
  return view.derive('traffic/gateway-routes', `${proxy.key} ${name}`, () => {
    const current = currentProxy(view, proxy);
    const servers = (current.gateway && mergedGateway(view, current.gateway).routes.get(name)) ?? [];
    const hosts = new Map<string, OpenHost>();
    const routes = new Map<string, readonly Route[]>();
    for (const server of servers) {
      addServer(view, current, server, hosts, routes);
    }
    if (hosts.size === 0) {
      const port = servers[0]?.serverPort ?? 0;
      const origins = servers.map((it) => it.server.origin);
      return routeConfig(name, [{ name: `blackhole:${port}`, domains: ['*'], routes: [], origins }]);
    }
    return routeConfig(
      name,
      [...hosts].map(([domain, host]): VirtualHost => {
        return { domains: [domain], ...host, routes: catchAllsLast(host.routes) };
      }),
    );
  });
}

function addServer(
  view: View,
  proxy: MeshProxy,
  server: ListeningServer,
  hosts: Map<string, OpenHost>,
  known: Map<string, readonly Route[]>,
): void {
  const gateway = server.server.gateway.id;
  const redirects = server.server.server.tls?.httpsRedirect === true;
  const open = (domain: string): OpenHost => {
    let host = hosts.get(domain);
    if (!host) {
      host = { name: `${domain}:${server.serverPort}`, routes: [], origins: [], requiresTls: false };
      hosts.set(domain, host);
    }
    host.requiresTls ||= redirects;
    if (!host.origins.includes(server.server.origin)) {
      host.origins.push(server.server.origin);
    }
    return host;
  };
  for (const service of gatewayVirtualServices(view, proxy.namespace, gateway)) {
    const shared = intersectHosts(serverHostsFor(server.server, service.namespace), service.hosts);
    if (shared.length === 0) {
      continue;
    }
    const key = `${gateway} ${service.namespace}/${service.name}`;
    const routes = known.get(key) ?? routesOf(view, proxy, server, service);
    if (routes.length === 0) {
      continue;
    }
    known.set(key, routes);
    for (const host of shared) {
      open(host.toLowerCase()).routes.push(...routes);
    }
  }
  if (redirects) {
    server.server.hosts.forEach((host) => void open(host.toLowerCase()));
  }
}

function routesOf(
  view: View,
  proxy: MeshProxy,
  server: ListeningServer,
  service: MergedVirtualService,
): readonly Route[] {
  return buildRoutes(service, {
    port: server.serverPort,
    gateway: server.server.gateway.id,
    namespace: proxy.namespace,
    labels: proxy.labels,
    lookUp: (hostname) => serviceFor(view, proxy, service.namespace, hostname),
  });
}

/** A VirtualService means the service of its own namespace first, where the gateway may see it. */
function serviceFor(
  view: View,
  proxy: MeshProxy,
  namespace: string,
  hostname: string,
): MeshService | undefined {
  const own = servicesNamed(view, hostname).filter((it) => it.namespace === namespace);
  const best = own.find((it) => it.registry === 'kubernetes') ?? own[0];
  return best && isServiceVisible(view, best, proxy.namespace) ? best : proxy.scope.services.get(hostname);
}

function catchAllsLast(routes: readonly Route[]): readonly Route[] {
  return [...routes.filter((it) => !isCatchAll(it)), ...routes.filter(isCatchAll)];
}
