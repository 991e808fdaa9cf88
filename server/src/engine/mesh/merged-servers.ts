import type { View } from '../workspace/view';
import { findGatewayProxy, type GatewayProxy, gatewaysOn } from './gateways';
import { splitNamespacedHost } from './hosts';
import type { PlacedServer } from './mesh-gateway';
import { isHttp, type Protocol, parseProtocol } from './protocols';
import { resolvePorts } from './resolve-ports';

/** A server on one of the ports it listens on. */
export interface ListeningServer {
  readonly server: PlacedServer;
  readonly protocol: Protocol;
  /** The port as the Gateway names it: what VirtualServices match on. */
  readonly serverPort: number;
  /** The port the pods listen on. */
  readonly port: number;
  readonly bind: string;
  /** The names it is told apart by on a port with TLS; empty for plain servers. */
  readonly sniHosts: readonly string[];
  /** Which servers share virtual hosts; empty when there are none. */
  readonly routeName: string;
}

/** Servers that make one listener. */
export interface ServerGroup {
  readonly port: number;
  readonly protocol: Protocol;
  readonly bind: string;
  readonly servers: readonly ListeningServer[];
}

/** Why a server of a Gateway is not there. */
export interface SkippedServer {
  readonly server: PlacedServer;
  readonly reason: 'duplicate-hosts' | 'protocol-conflict' | 'no-tls-settings' | 'same-route-name';
  /** The server that was there first. */
  readonly winner?: PlacedServer;
  readonly hosts?: readonly string[];
  readonly port: number;
}

export interface MergedGateway {
  readonly groups: readonly ServerGroup[];
  /** HTTP servers by {@link ListeningServer.routeName}. */
  readonly routes: ReadonlyMap<string, readonly ListeningServer[]>;
  readonly skipped: readonly SkippedServer[];
}

/** What the Gateways on these pods amount to together. The first server on a port decides what may join it. */
export function mergedGateway(view: View, proxy: GatewayProxy): MergedGateway {
  const { hostname } = proxy.service;
  return view.derive('mesh/merged-gateway', hostname, () => {
    const merger = new ServerMerger();
    const current = findGatewayProxy(view, hostname);
    for (const gateway of current ? gatewaysOn(view, current) : []) {
      for (const server of gateway.servers) {
        const number = server.server.port?.number;
        for (const port of number === undefined ? [] : resolvePorts(number, gateway, current!)) {
          merger.add(listening(server, port));
        }
      }
    }
    return merger.merged();
  });
}

function listening(server: PlacedServer, port: number): ListeningServer {
  const { port: written, bind = '', tls } = server.server;
  return {
    server,
    protocol: parseProtocol(written?.protocol),
    serverPort: written?.number ?? port,
    port,
    bind,
    sniHosts: tls ? [...new Set(server.hosts.map((it) => splitNamespacedHost(it).host))].sort() : [],
    routeName: routeNameOf(server, port),
  };
}

/** TLS that the gateway forwards as it is: also where the mode is not written. */
export function isPassthrough({ server }: PlacedServer): boolean {
  return server.tls !== undefined && ['', 'PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(server.tls.mode ?? '');
}

/** Serves HTTP: plain, or after ending TLS. */
export function isHttpServer(server: PlacedServer): boolean {
  const protocol = parseProtocol(server.server.port?.protocol);
  return isHttp(protocol) || (protocol === 'HTTPS' && !isPassthrough(server));
}

/** Has TLS settings; those of HTTP servers only redirect. */
export function isTlsServer({ server }: PlacedServer): boolean {
  return server.tls !== undefined && !isHttp(parseProtocol(server.port?.protocol));
}

function routeNameOf(server: PlacedServer, port: number): string {
  const { port: written, bind } = server.server;
  const protocol = parseProtocol(written?.protocol);
  const suffix = bind ? `.${bind}` : '';
  if (isHttp(protocol)) {
    return `http.${port}${suffix}`;
  }
  const { name, namespace } = server.gateway;
  return protocol === 'HTTPS' && !isPassthrough(server)
    ? `https.${written?.number}.${written?.name ?? ''}.${name}.${namespace}${suffix}`
    : '';
}

interface OpenGroup extends ServerGroup {
  readonly servers: ListeningServer[];
}

/** Mirrors the order of Istio's checks, since what is dropped depends on it. */
class ServerMerger {
  readonly #groups = new Map<string, OpenGroup>();
  readonly #ports = new Set<number>();
  readonly #plain = new Map<number, { readonly key: string; readonly server: ListeningServer }>();
  readonly #tlsHosts = new Map<string, { readonly bind: string; readonly server: PlacedServer }>();
  readonly #routes = new Map<string, ListeningServer[]>();
  readonly #skipped: SkippedServer[] = [];

  merged(): MergedGateway {
    return { groups: [...this.#groups.values()], routes: this.#routes, skipped: this.#skipped };
  }

  add(server: ListeningServer): void {
    if (!this.#claimHosts(server)) {
      return;
    }
    if (!this.#ports.has(server.port)) {
      this.#ports.add(server.port);
      this.#open(server);
      return;
    }
    const plain = this.#plain.get(server.port);
    if (plain) {
      this.#joinPlain(server, plain);
    } else if (isTlsServer(server.server)) {
      this.#joinTls(server);
    } else {
      this.#open(server);
    }
  }

  /** A name may stand only once among the TLS servers of a port. */
  #claimHosts(server: ListeningServer): boolean {
    const { tls, bind = '' } = server.server.server;
    if (!tls) {
      return true;
    }
    const keyOf = (host: string): string => `${server.port} ${host}`;
    const taken = server.server.hosts.filter((host) => this.#tlsHosts.get(keyOf(host))?.bind === bind);
    if (taken.length > 0) {
      const winner = this.#tlsHosts.get(keyOf(taken[0]!))!.server;
      this.#skip(server, 'duplicate-hosts', winner, taken);
      return false;
    }
    for (const host of server.server.hosts) {
      this.#tlsHosts.set(keyOf(host), { bind, server: server.server });
    }
    return true;
  }

  #open(server: ListeningServer): void {
    const key = keyOf(server);
    if (!isTlsServer(server.server)) {
      this.#plain.set(server.port, { key, server });
    }
    if (isHttpServer(server.server)) {
      this.#routes.set(server.routeName, [server]);
    }
    const { port, protocol, bind } = server;
    this.#groups.set(key, { port, protocol, bind, servers: [server] });
  }

  #joinPlain(
    server: ListeningServer,
    plain: { readonly key: string; readonly server: ListeningServer },
  ): void {
    if (plain.server.bind !== server.bind) {
      const group = this.#groups.get(keyOf(server));
      if (!group) {
        this.#open(server);
        return;
      }
      group.servers.push(server);
    } else if (!canMerge(server.protocol, plain.server.protocol) || server.routeName === '') {
      this.#skip(server, 'protocol-conflict', plain.server.server);
      return;
    } else {
      this.#groups.get(plain.key)!.servers.push(server);
    }
    const routes = this.#routes.get(server.routeName);
    routes ? routes.push(server) : this.#routes.set(server.routeName, [server]);
  }

  #joinTls(server: ListeningServer): void {
    if (isHttpServer(server.server)) {
      const known = this.#routes.get(server.routeName);
      if (known) {
        this.#skip(server, 'same-route-name', known[0]!.server);
        return;
      }
      this.#routes.set(server.routeName, [server]);
    }
    const group = this.#groups.get(keyOf(server));
    if (group) {
      group.servers.push(server);
    } else {
      const { port, protocol, bind } = server;
      this.#groups.set(keyOf(server), { port, protocol, bind, servers: [server] });
    }
  }

  #skip(
    { server, port }: ListeningServer,
    reason: SkippedServer['reason'],
    winner: PlacedServer,
    hosts?: readonly string[],
  ): void {
    this.#skipped.push({ server, reason, winner, port, ...(hosts && { hosts }) });
  }
}

function keyOf({ port, protocol, bind }: ListeningServer): string {
  return `${port} ${protocol} ${bind}`;
}

function canMerge(protocol: Protocol, first: Protocol): boolean {
  return (isHttp(protocol) || protocol === first) && isHttp(first);
}
