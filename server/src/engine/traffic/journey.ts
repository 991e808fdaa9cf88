import type { Origin } from '../mesh/origin';
import { outboundMode } from '../mesh/sidecars';
import type { View } from '../workspace/view';
import { type Cluster, type ClusterReference, clusterName, findCluster, isDynamic } from './clusters';
import { type Connection, sniOf, withoutPort } from './connection';
import type { Weighted } from './destinations';
import type { Endpoint } from './endpoints';
import { chooseChain, type FilterChain, type Listener } from './filter-chains';
import { gatewayListeners } from './gateway-listeners';
import { gatewayRoutes } from './gateway-routes';
import { gatewayProxyAt, type MeshProxy } from './mesh-proxy';
import type { Hop, Outcome, Request, TlsLayer, TracedPath } from './request';
import { rewritten } from './rewrite';
import { matchesRoute } from './route-match';
import type { Route } from './routes';
import { acceptTls } from './server-tls';
import { outboundListeners } from './sidecar-listeners';
import { catchAllOf, outboundRoutes, sniffedRoutes } from './sidecar-routes';
import { upstreamTls } from './upstream-tls';
import { findVirtualHost, type RouteConfig } from './virtual-hosts';

/** What has happened so far on one branch. */
interface Branch {
  readonly hops: readonly Hop[];
  readonly via: readonly string[];
  /** Percent of the requests; 0 while nothing has split. */
  readonly weight: number;
}

/** The hop that is being made. */
type OpenHop = Omit<Hop, 'decidedBy'> & { readonly decidedBy: readonly Origin[] };

const noBranch: Branch = { hops: [], via: [], weight: 0 };

/** Walks a request through the proxies and collects the paths. */
export class Journey {
  readonly paths: TracedPath[] = [];
  readonly #view: View;
  readonly #request: Request;

  constructor(view: View, request: Request) {
    this.#view = view;
    this.#request = request;
  }

  throughSidecar(proxy: MeshProxy, connection: Connection): void {
    const listeners = outboundListeners(this.#view, proxy, connection.port);
    const listener =
      (connection.address !== undefined && listeners.get(connection.address)) || listeners.get('0.0.0.0');
    const hop: OpenHop = { proxy: proxy.name, decidedBy: [] };
    if (!listener) {
      this.#virtualOutbound(proxy, connection, hop);
      return;
    }
    this.#throughListener(proxy, connection, listener, hop, noBranch);
  }

  #throughGateway(proxy: MeshProxy, connection: Connection, branch: Branch): void {
    const hop: OpenHop = { proxy: proxy.name, decidedBy: [] };
    const listener = gatewayListeners(this.#view, proxy).get(connection.port);
    if (!listener) {
      this.#end('no-listener', hop, branch, { reason: 'connection refused' });
      return;
    }
    this.#throughListener(proxy, connection, listener, hop, branch);
  }

  #throughListener(
    proxy: MeshProxy,
    connection: Connection,
    listener: Listener,
    hop: OpenHop,
    branch: Branch,
  ): void {
    const at = { ...hop, listener: listener.name };
    const tls = connection.layers.length > 0;
    const sni = sniOf(connection);
    const chain = chooseChain(listener, {
      tls,
      http: connection.payload === 'http',
      ...(sni !== undefined && { sni }),
      ...(connection.address !== undefined && { address: connection.address }),
    });
    if (chain === 'none') {
      this.#end('no-filter-chain', at, branch, { reason: 'no filter chain matches' });
    } else if (chain === 'ambiguous') {
      this.#end('ambiguous-filter-chain', at, branch, { reason: 'several filter chains match' });
    } else {
      this.#throughChain(proxy, connection, chain, at, branch);
    }
  }

  #throughChain(
    proxy: MeshProxy,
    connection: Connection,
    chain: FilterChain,
    hop: OpenHop,
    branch: Branch,
  ): void {
    const accepted = acceptTls(chain.tls, connection);
    if ('mismatch' in accepted) {
      this.#end('tls-mismatch', { ...hop, decidedBy: chain.origins }, branch, { reason: accepted.mismatch });
      return;
    }
    const { filter } = chain;
    const at: OpenHop = { ...hop, ...(chain.name && { filterChain: chain.name }) };
    if (filter.kind === 'catch-all') {
      this.#catchAll(proxy, accepted.connection, at, branch);
    } else if (filter.kind === 'http') {
      this.#throughHttp(proxy, accepted.connection, filter.routeConfig, chain, at, branch);
    } else {
      const decidedBy = chain.origins;
      const tunnel = filter.tunnel ? { tunnel: filter.tunnel } : {};
      for (const weighted of filter.clusters) {
        const share = shareOf(weighted, filter.clusters);
        this.#toCluster(
          proxy,
          accepted.connection,
          weighted,
          { ...at, ...tunnel, decidedBy },
          split(branch, share),
          { share, resolves: filter.resolves, authority: undefined },
        );
      }
    }
  }

  #throughHttp(
    proxy: MeshProxy,
    connection: Connection,
    name: string,
    chain: FilterChain,
    hop: OpenHop,
    branch: Branch,
  ): void {
    if (connection.layers.length > 0 || connection.payload !== 'http') {
      const reason =
        connection.layers.length > 0
          ? 'TLS bytes reach an HTTP filter chain'
          : 'TCP bytes reach an HTTP filter chain';
      this.#end('protocol-error', { ...hop, decidedBy: chain.origins }, branch, { reason });
      return;
    }
    const routes = this.#routes(proxy, name);
    const at: OpenHop = { ...hop, routeConfig: name };
    const host = findVirtualHost(routes, connection.http.authority);
    if (!host) {
      this.#unknownHost(proxy, connection, routes, { ...at, decidedBy: chain.origins }, branch);
      return;
    }
    const there: OpenHop = { ...at, virtualHost: host.name };
    if (host.requiresTls && connection.http.scheme !== 'https') {
      const decidedBy = [...chain.origins, ...host.origins];
      this.#end('redirect', { ...there, decidedBy }, branch, {
        reason: 'the server redirects to HTTPS',
        status: 301,
      });
      return;
    }
    const route = host.routes.find((it) => matchesRoute(it, connection.http));
    if (!route) {
      const decidedBy = [...chain.origins, ...host.origins];
      this.#end('no-route', { ...there, decidedBy }, branch, {
        reason: '404: no route matches',
        status: 404,
      });
      return;
    }
    this.#throughRoute(proxy, connection, route, chain, there, branch);
  }

  #routes(proxy: MeshProxy, name: string): RouteConfig {
    if (proxy.type === 'gateway') {
      return gatewayRoutes(this.#view, proxy, name);
    }
    return name.includes(':')
      ? sniffedRoutes(this.#view, proxy, name)
      : outboundRoutes(this.#view, proxy, Number(name));
  }

  #throughRoute(
    proxy: MeshProxy,
    connection: Connection,
    route: Route,
    chain: FilterChain,
    hop: OpenHop,
    branch: Branch,
  ): void {
    const { action } = route;
    const decidedBy = [
      ...(route.origin ? [route.origin] : []),
      ...(proxy.type === 'gateway' ? chain.origins : []),
    ];
    const at: OpenHop = { ...hop, ...(route.name && { route: route.name }), decidedBy };
    if (action.kind !== 'clusters') {
      this.#end(action.kind, at, branch, { status: action.status });
      return;
    }
    for (const weighted of action.clusters) {
      const share = shareOf(weighted, action.clusters);
      const sent = rewritten(connection, route, weighted);
      this.#toCluster(proxy, sent, weighted, at, split(branch, share), {
        share,
        resolves: chain.filter.kind === 'http' ? chain.filter.resolves : undefined,
        authority: withoutPort(sent.http.authority),
      });
    }
  }

  #unknownHost(
    proxy: MeshProxy,
    connection: Connection,
    { catchAll }: RouteConfig,
    hop: OpenHop,
    branch: Branch,
  ): void {
    if (!catchAll) {
      this.#end('no-virtual-host', hop, branch, { reason: '404: no virtual host', status: 404 });
      return;
    }
    const at: OpenHop = { ...hop, virtualHost: catchAll, decidedBy: this.#modeOrigins(proxy) };
    if (catchAll === 'block_all') {
      this.#end('blocked', at, branch, { reason: '502: the host is not registered', status: 0 });
      return;
    }
    this.#passThrough(proxy, connection, { ...at, route: catchAll }, branch, catchAll === 'allow_any');
  }

  /** A port nobody listens on. */
  #virtualOutbound(proxy: MeshProxy, connection: Connection, hop: OpenHop): void {
    const http = connection.payload === 'http' && connection.layers.length === 0;
    const dynamic = http && catchAllOf(this.#view, proxy) === 'allow_any_dynamic_dns';
    const chain = `virtualOutbound-catchall-tcp${dynamic ? '-http' : ''}`;
    const at = { ...hop, listener: 'virtualOutbound', filterChain: chain };
    if (dynamic) {
      const decidedBy = this.#modeOrigins(proxy);
      this.#passThrough(proxy, connection, { ...at, decidedBy }, noBranch, false);
      return;
    }
    this.#catchAll(proxy, connection, at, noBranch);
  }

  #catchAll(proxy: MeshProxy, connection: Connection, hop: OpenHop, branch: Branch): void {
    const at = { ...hop, decidedBy: this.#modeOrigins(proxy) };
    if (catchAllOf(this.#view, proxy) === 'block_all') {
      this.#end('blocked', { ...at, cluster: 'BlackHoleCluster' }, branch, {
        reason: 'the connection is closed: the host is not registered',
        tls: connection.layers,
      });
      return;
    }
    this.#passThrough(proxy, connection, at, branch, true);
  }

  #passThrough(
    _proxy: MeshProxy,
    connection: Connection,
    hop: OpenHop,
    branch: Branch,
    toOriginal: boolean,
  ): void {
    this.#end(
      'passthrough',
      {
        ...hop,
        cluster: toOriginal ? 'PassthroughCluster' : 'AllowAnyDynamicDNSCluster',
        ...(connection.layers.length > 0 && { layers: connection.layers }),
      },
      branch,
      { host: this.#request.host, port: String(this.#request.port), tls: connection.layers },
    );
  }

  #modeOrigins(proxy: MeshProxy): readonly Origin[] {
    const { origin } = outboundMode(this.#view, proxy.scope);
    return origin ? [origin] : [];
  }

  #toCluster(
    proxy: MeshProxy,
    connection: Connection,
    { cluster: reference }: Weighted,
    hop: OpenHop,
    branch: Branch,
    options: {
      readonly share: number;
      readonly resolves: string | undefined;
      readonly authority: string | undefined;
    },
  ): void {
    const at: OpenHop = {
      ...hop,
      cluster: clusterName(reference),
      ...(options.share > 0 && { weight: options.share }),
    };
    const found = findCluster(this.#view, proxy, reference);
    if ('missing' in found) {
      this.#end('no-cluster', at, branch, {
        reason: missingReason(reference, found.missing.why),
        tls: connection.layers,
      });
      return;
    }
    this.#throughCluster(proxy, connection, found, { ...at, clusterType: found.type }, branch, options);
  }

  #throughCluster(
    proxy: MeshProxy,
    connection: Connection,
    cluster: Cluster,
    hop: OpenHop,
    branch: Branch,
    options: { readonly resolves: string | undefined; readonly authority: string | undefined },
  ): void {
    if (isDynamic(cluster.service) && options.resolves !== cluster.service.hostname) {
      this.#end('no-endpoints', hop, branch, {
        reason: 'no filter of this listener looks the name up',
        tls: connection.layers,
      });
      return;
    }
    const [endpoint] = cluster.endpoints;
    const tls = upstreamTls(this.#view, proxy, cluster, endpoint, options.authority);
    const layers: readonly TlsLayer[] = tls.layer ? [...connection.layers, tls.layer] : connection.layers;
    const at: OpenHop = {
      ...hop,
      ...(layers.length > 0 && { layers }),
      decidedBy: [...hop.decidedBy, ...(tls.layer && tls.origin ? [tls.origin] : [])],
    };
    if (cluster.type === 'EDS' && !endpoint) {
      this.#end('no-endpoints', at, branch, { reason: '503: no endpoints', tls: layers });
      return;
    }
    this.#arrive(cluster, endpoint, { ...connection, layers }, at, branch);
  }

  #arrive(
    cluster: Cluster,
    endpoint: Endpoint | undefined,
    connection: Connection,
    hop: OpenHop,
    branch: Branch,
  ): void {
    const { service, port } = cluster;
    const next = service.registry === 'kubernetes' ? gatewayProxyAt(this.#view, service.hostname) : undefined;
    if (!next?.gateway) {
      const outcome = service.external || service.registry === 'external' ? 'external' : 'mesh';
      this.#end(outcome, hop, branch, {
        host: service.hostname,
        port: String(port.number),
        tls: connection.layers,
      });
      return;
    }
    const hops = [...branch.hops, hop];
    if (branch.via.includes(next.gateway.id)) {
      this.#finish(
        'loop',
        { ...branch, hops },
        {
          reason: 'the gateway sends the request to itself',
          tls: connection.layers,
        },
      );
      return;
    }
    const via = [...branch.via, next.gateway.id];
    const { address: _address, ...rest } = connection;
    this.#throughGateway(next, { ...rest, port: endpoint?.port ?? port.number }, { ...branch, hops, via });
  }

  #end(outcome: Outcome, hop: OpenHop, branch: Branch, result: Partial<TracedPath>): void {
    this.#finish(outcome, { ...branch, hops: [...branch.hops, hop] }, result);
  }

  #finish(outcome: Outcome, branch: Branch, result: Partial<TracedPath>): void {
    this.paths.push({ outcome, tls: [], ...branch, ...result });
  }
}

/** Percent of the requests that a destination of several gets. */
function shareOf(weighted: Weighted, all: readonly Weighted[]): number {
  const total = all.reduce((sum, it) => sum + it.weight, 0);
  return total === 0 ? 0 : Math.round((weighted.weight / total) * 100);
}

function split(branch: Branch, share: number): Branch {
  if (share === 0) {
    return branch;
  }
  return { ...branch, weight: branch.weight === 0 ? share : (branch.weight * share) / 100 };
}

function missingReason({ hostname, port, subset }: ClusterReference, why: string): string {
  switch (why) {
    case 'no-service':
      return `503: the proxy knows no host "${hostname}"`;
    case 'no-port':
      return `503: "${hostname}" has no port ${port}`;
    case 'no-subset':
      return `503: no rule this proxy follows has a subset "${subset}" of "${hostname}"`;
    default:
      return `503: "${hostname}" has no endpoints`;
  }
}
