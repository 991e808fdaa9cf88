import { hostsOverlap, isWildcard, meshGateway, mostSpecific } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { Origin } from '../mesh/origin';
import { isHttpOrSniffed } from '../mesh/protocols';
import { portOf } from '../mesh/registry';
import type { MeshPort, MeshService } from '../mesh/service';
import { type EgressListener, outboundMode } from '../mesh/sidecars';
import type { View } from '../workspace/view';
import { domainsOf } from './domains';
import { LazyHost, once } from './lazy-host';
import { currentProxy, type MeshProxy } from './mesh-proxy';
import { buildRoutes, hasRoutes, type Route, type RouteContext } from './routes';
import { type RouteConfig, routeConfig, type VirtualHost } from './virtual-hosts';

/** The virtual hosts of a sidecar for all HTTP on one port. */
export function outboundRoutes(view: View, proxy: MeshProxy, port: number): RouteConfig {
  return view.derive('traffic/outbound-routes', `${proxy.key} ${port}`, () => {
    const current = currentProxy(view, proxy);
    const listener = current.scope.listeners.find((it) => !it.port || it.port.number === port);
    const hosts = listener ? new HostBuilder(current, listener, port).build() : [];
    return routeConfig(String(port), hosts, catchAllOf(view, current));
  });
}

/** The virtual host of one service whose protocol is found out by looking. */
export function sniffedRoutes(view: View, proxy: MeshProxy, name: string): RouteConfig {
  const [hostname, port] = [
    name.slice(0, name.lastIndexOf(':')),
    Number(name.slice(name.lastIndexOf(':') + 1)),
  ];
  return view.derive('traffic/sniffed-routes', `${proxy.key} ${name}`, () => {
    const own = outboundRoutes(view, proxy, port).hosts.filter((it) => it.domains.includes(hostname));
    const [only, ...others] = own;
    const hosts = only && others.length === 0 ? [{ ...plain(only), domains: ['*'] }] : own;
    return routeConfig(name, hosts);
  });
}

function plain({ name, domains, routes, origins }: VirtualHost): VirtualHost {
  return { name, domains, routes, origins };
}

export function catchAllOf(view: View, proxy: MeshProxy): NonNullable<RouteConfig['catchAll']> {
  switch (outboundMode(view, proxy.scope).value) {
    case 'ALLOW_ANY':
      return 'allow_any';
    case 'ALLOW_ANY_DYNAMIC_DNS':
      return 'allow_any_dynamic_dns';
    default:
      return 'block_all';
  }
}

class HostBuilder {
  readonly #proxy: MeshProxy;
  readonly #listener: EgressListener;
  readonly #port: number;
  /** Services with this port, by name in lower case. */
  readonly #services = new Map<string, { readonly service: MeshService; readonly port: MeshPort }>();
  readonly #wildcards: readonly string[];
  readonly #names = new Map<string, { readonly rivals: Origin[] }>();
  readonly #domains = new Set<string>();
  readonly #known = new Set<string>();
  readonly #hosts: VirtualHost[] = [];

  constructor(proxy: MeshProxy, listener: EgressListener, port: number) {
    this.#proxy = proxy;
    this.#listener = listener;
    this.#port = port;
    for (const service of listener.services) {
      const own = portOf(service, port);
      if (own) {
        this.#services.set(service.hostname.toLowerCase(), { service, port: own });
      }
    }
    this.#wildcards = [...this.#services.keys()].filter(isWildcard);
  }

  build(): readonly VirtualHost[] {
    const groups = this.#groups();
    const routed = new Set(groups.flatMap((it) => it.services));
    const rest = [...this.#services.values()].filter(
      ({ service, port }) =>
        !routed.has(service) && service.resolution !== 'alias' && isHttpOrSniffed(port.protocol),
    );
    [...routed, ...rest.map((it) => it.service)].forEach((it) => void this.#known.add(it.hostname));
    for (const { virtualService, hosts, services, routes } of groups) {
      const origins: Origin[] = [{ resource: virtualService.resource, path: ['spec', 'hosts'] }];
      hosts.forEach((it) => void this.#add(it.toLowerCase(), routes, origins));
      services.forEach((it) => void this.#addService(it, routes, origins));
    }
    for (const { service, port } of rest) {
      this.#addService(service, () => [defaultRoute(service, port)], []);
    }
    return this.#hosts;
  }

  /** What each VirtualService is about: names nobody registered, and services. */
  #groups(): readonly {
    readonly virtualService: MergedVirtualService;
    readonly hosts: readonly string[];
    readonly services: readonly MeshService[];
    readonly routes: () => readonly Route[];
  }[] {
    const winners = this.#wildcardWinners();
    const context = this.#context();
    return this.#listener.virtualServices.flatMap((virtualService) => {
      if (this.#port !== httpPort && !this.#concerns(virtualService)) {
        return [];
      }
      if (!hasRoutes(virtualService, context)) {
        return [];
      }
      const routes = once(() => buildRoutes(virtualService, context));
      const { hosts, services } = this.#separate(virtualService, winners);
      const http = services.filter((it) => isHttpOrSniffed(portOf(it, this.#port)!.protocol));
      const bound =
        virtualService.semantics === 'gateway-api'
          ? http.filter((it) => [it.namespace, this.#proxy.namespace].includes(virtualService.namespace))
          : http;
      const alone = virtualService.semantics === 'gateway-api' || this.#port !== httpPort;
      return bound.length === 0 && (alone || (services.length > 0 && http.length === 0 && hosts.length === 0))
        ? []
        : [{ virtualService, hosts, services: bound, routes }];
    });
  }

  #context(): RouteContext {
    const { namespace, labels } = this.#proxy;
    return {
      port: this.#port,
      gateway: meshGateway,
      namespace,
      labels,
      lookUp: (hostname) => {
        const found = this.#services.get(hostname);
        return found && { ...found.service, ports: [found.port] };
      },
    };
  }

  #concerns({ hosts }: MergedVirtualService): boolean {
    return hosts.some((written) => {
      const host = written.toLowerCase();
      const others = isWildcard(host) ? [...this.#services.keys()] : this.#wildcards;
      return this.#services.has(host) || others.some((it) => hostsOverlap(host, it));
    });
  }

  #separate(
    virtualService: MergedVirtualService,
    winners: ReadonlyMap<string, MergedVirtualService>,
  ): { readonly hosts: readonly string[]; readonly services: readonly MeshService[] } {
    const hosts: string[] = [];
    const services: MeshService[] = [];
    for (const host of virtualService.hosts.filter((it) => !isWildcard(it))) {
      const found = this.#services.get(host.toLowerCase());
      found ? services.push(found.service) : hosts.push(host);
    }
    for (const host of virtualService.hosts.filter(isWildcard).map((it) => it.toLowerCase())) {
      if (virtualService.semantics === 'gateway-api') {
        hosts.push(host);
        continue;
      }
      const matching = [...this.#services].filter(([name]) => hostsOverlap(name, host));
      if (matching.length === 0) {
        hosts.push(host);
      }
      services.push(
        ...matching.map(([, it]) => it.service).filter((it) => winners.get(it.hostname) === virtualService),
      );
    }
    return { hosts, services };
  }

  /** For each service the VirtualService with the most specific host; of equal hosts the first. */
  #wildcardWinners(): ReadonlyMap<string, MergedVirtualService> {
    const exact = new Map<string, MergedVirtualService>();
    const wildcards = new Map<string, MergedVirtualService>();
    for (const virtualService of this.#listener.virtualServices) {
      for (const host of virtualService.hosts) {
        const map = isWildcard(host) ? wildcards : exact;
        if (!map.has(host)) {
          map.set(host, virtualService);
        }
      }
    }
    const winners = new Map<string, MergedVirtualService>();
    for (const { service } of wildcards.size === 0 ? [] : this.#services.values()) {
      const best = mostSpecific(service.hostname, exact, wildcards);
      if (best) {
        winners.set(service.hostname, best.value);
      }
    }
    return winners;
  }

  #addService(service: MeshService, routes: () => readonly Route[], origins: readonly Origin[]): void {
    const { domains, alternates } = domainsOf(service, this.#proxy.namespace);
    const name = service.hostname.toLowerCase();
    this.#add(name, routes, origins, domains, alternates);
  }

  #add(
    hostname: string,
    routes: () => readonly Route[],
    origins: readonly Origin[],
    domains: readonly string[] = [hostname],
    alternates: ReadonlySet<string> = new Set(),
  ): void {
    const name = `${hostname}:${this.#port}`;
    const winner = this.#names.get(name);
    if (winner) {
      winner.rivals.push(...origins);
      return;
    }
    const rivals: Origin[] = [];
    this.#names.set(name, { rivals });
    const free = domains.filter((domain) => {
      const key = domain.toLowerCase();
      if (this.#domains.has(key) || (alternates.has(domain) && this.#known.has(domain))) {
        return false;
      }
      this.#domains.add(key);
      return true;
    });
    if (free.length > 0) {
      this.#hosts.push(new LazyHost(name, free, routes, origins, rivals));
    }
  }
}

/** The port on which names count that nobody registered. */
const httpPort = 80;

function defaultRoute(service: MeshService, port: MeshPort): Route {
  return {
    name: 'default',
    byPathParts: false,
    action: {
      kind: 'clusters',
      // Istio lowers the name here but not in the name of the cluster.
      clusters: [{ cluster: { hostname: service.hostname.toLowerCase(), port: port.number }, weight: 0 }],
      changes: {},
    },
    ...(port.origin && { origin: port.origin }),
  };
}
