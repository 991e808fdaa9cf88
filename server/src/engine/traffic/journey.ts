import type { Origin } from '../mesh/origin';
import { anyAddress } from '../mesh/service';
import { outboundMode } from '../mesh/sidecars';
import type { View } from '../workspace/view';
import {
  type Branch,
  decided,
  type Ending,
  finished,
  newHop,
  noBranch,
  shareOf,
  split,
  withHop,
} from './branch';
import { chooseChain } from './choose-chain';
import { type Connection, sniOf, withoutPort } from './connection';
import { destinationCluster, type Weighted } from './destinations';
import type { FilterChain, Listener, NetworkFilter } from './filter-chains';
import { gatewayListeners } from './gateway-listeners';
import { decideHttp } from './http-filter';
import { gatewayProxyAt, type MeshProxy } from './mesh-proxy';
import type { Reasons } from './reasons/reasons';
import type { Hop, Request, TracedPath } from './request';
import { rewritten } from './rewrite';
import { acceptTls } from './server-tls';
import { outboundListeners } from './sidecar-listeners';
import { catchAllOf } from './sidecar-routes';
import { decideUpstream, type UpstreamDecision, type UpstreamOptions } from './upstream';

const noDestination: Ending = { outcome: 'no-cluster', reason: '503: no destination has a weight' };

/** Walks a request through the proxies and collects the ways it can take. */
export class Journey {
  readonly paths: TracedPath[] = [];
  readonly #view: View;
  readonly #request: Request;
  readonly #reasons: Reasons | undefined;

  constructor(view: View, request: Request, reasons: Reasons | undefined) {
    this.#view = view;
    this.#request = request;
    this.#reasons = reasons;
  }

  throughSidecar(proxy: MeshProxy, connection: Connection): void {
    const listeners = outboundListeners(this.#view, proxy, connection.port);
    const { address } = connection;
    const listener = (address !== undefined && listeners.get(address)) || listeners.get(anyAddress);
    const hop = newHop(proxy.name);
    if (listener) {
      this.#throughListener(proxy, connection, listener, hop, noBranch);
    } else {
      this.#virtualOutbound(proxy, connection, this.#reasons?.stranger(hop, proxy, connection) ?? hop);
    }
  }

  #throughGateway(proxy: MeshProxy, connection: Connection, branch: Branch): void {
    const hop = newHop(proxy.name);
    const listener = gatewayListeners(this.#view, proxy).get(connection.port);
    if (listener) {
      this.#throughListener(proxy, connection, listener, hop, branch);
    } else {
      this.#end(this.#reasons?.closed(hop, proxy, connection) ?? hop, branch, {
        outcome: 'no-listener',
        reason: `connection refused: no server listens on port ${connection.port}`,
      });
    }
  }

  #throughListener(
    proxy: MeshProxy,
    connection: Connection,
    listener: Listener,
    hop: Hop,
    branch: Branch,
  ): void {
    const sni = sniOf(connection);
    const chain = chooseChain(listener, {
      tls: connection.layers.length > 0,
      http: connection.payload === 'http',
      ...(sni !== undefined && { sni }),
      ...(connection.address !== undefined && { address: connection.address }),
    });
    const named: Hop = { ...hop, listener: listener.name };
    const at = this.#reasons?.chain(named, proxy, connection, listener, chain) ?? named;
    if (chain === 'none') {
      this.#end(at, branch, { outcome: 'no-filter-chain', reason: 'no filter chain matches' });
    } else if (chain === 'ambiguous') {
      this.#end(at, branch, {
        outcome: 'ambiguous-filter-chain',
        reason: 'several filter chains match alike, so the proxy refuses the listener',
      });
    } else {
      this.#throughChain(proxy, connection, chain, at, branch);
    }
  }

  #throughChain(proxy: MeshProxy, offered: Connection, chain: FilterChain, hop: Hop, branch: Branch): void {
    const accepted = acceptTls(chain.tls, offered);
    if ('mismatch' in accepted) {
      const ending: Ending = { outcome: 'tls-mismatch', reason: accepted.mismatch };
      this.#end(decided(hop, ...chain.origins), branch, ending);
      return;
    }
    const { connection } = accepted;
    const at: Hop = { ...hop, filterChain: chain.name };
    if (chain.filter.kind === 'catch-all') {
      this.#catchAll(proxy, connection, at, branch);
    } else if (chain.filter.kind === 'http') {
      this.#throughHttp(proxy, connection, chain, chain.filter, at, branch);
    } else {
      this.#throughTcp(proxy, connection, chain, chain.filter, at, branch);
    }
  }

  #throughTcp(
    proxy: MeshProxy,
    connection: Connection,
    chain: FilterChain,
    filter: NetworkFilter & { readonly kind: 'tcp' },
    hop: Hop,
    branch: Branch,
  ): void {
    const at = decided({ ...hop, tunnel: filter.tunnel }, ...chain.origins);
    const options = { resolves: filter.resolves, authority: undefined };
    if (filter.clusters.length === 0) {
      this.#end(at, branch, noDestination);
    }
    for (const weighted of filter.clusters) {
      const share = shareOf(weighted, filter.clusters);
      this.#toCluster(proxy, connection, weighted, share, at, branch, options);
    }
  }

  #throughHttp(
    proxy: MeshProxy,
    connection: Connection,
    chain: FilterChain,
    filter: NetworkFilter & { readonly kind: 'http' },
    hop: Hop,
    branch: Branch,
  ): void {
    if (connection.layers.length > 0 || connection.payload !== 'http') {
      const bytes = connection.layers.length > 0 ? 'TLS' : 'TCP';
      const reason = `${bytes} bytes reach an HTTP filter chain`;
      this.#end(decided(hop, ...chain.origins), branch, { outcome: 'protocol-error', reason });
      return;
    }
    const at = this.#reasons?.route(hop, proxy, connection, filter.routeConfig) ?? hop;
    const decision = decideHttp(this.#view, proxy, connection, chain, filter.routeConfig, at);
    if (decision.kind === 'end') {
      this.#end(decision.hop, branch, decision.ending);
    } else if (decision.kind === 'unknown-host') {
      this.#unknownHost(proxy, connection, decision.catchAll, decision.hop, branch);
    } else {
      const { clusters } = decision.action;
      if (clusters.length === 0) {
        this.#end(decision.hop, branch, noDestination);
      }
      for (const weighted of clusters) {
        const sent = rewritten(connection, decision.route, weighted);
        const options = { resolves: filter.resolves, authority: withoutPort(sent.http.authority) };
        const share = shareOf(weighted, clusters);
        this.#toCluster(proxy, sent, weighted, share, decision.hop, branch, options);
      }
    }
  }

  #unknownHost(
    proxy: MeshProxy,
    connection: Connection,
    catchAll: 'allow_any' | 'block_all' | 'allow_any_dynamic_dns',
    hop: Hop,
    branch: Branch,
  ): void {
    if (catchAll === 'block_all') {
      const reason = '502: the host is not registered';
      this.#end(decided(hop, ...this.#modeOrigins(proxy)), branch, { outcome: 'blocked', reason });
      return;
    }
    this.#passThrough(proxy, connection, { ...hop, route: catchAll }, branch, catchAll === 'allow_any');
  }

  /** A port nobody listens on. */
  #virtualOutbound(proxy: MeshProxy, connection: Connection, hop: Hop): void {
    const http = connection.payload === 'http' && connection.layers.length === 0;
    const dynamic = http && catchAllOf(this.#view, proxy) === 'allow_any_dynamic_dns';
    const at: Hop = {
      ...hop,
      listener: 'virtualOutbound',
      filterChain: `virtualOutbound-catchall-tcp${dynamic ? '-http' : ''}`,
    };
    if (dynamic) {
      this.#passThrough(proxy, connection, at, noBranch, false);
    } else {
      this.#catchAll(proxy, connection, at, noBranch);
    }
  }

  #catchAll(proxy: MeshProxy, connection: Connection, hop: Hop, branch: Branch): void {
    if (catchAllOf(this.#view, proxy) !== 'block_all') {
      this.#passThrough(proxy, connection, hop, branch, true);
      return;
    }
    const at = decided({ ...hop, cluster: 'BlackHoleCluster' }, ...this.#modeOrigins(proxy));
    this.#end(at, branch, {
      outcome: 'blocked',
      reason: 'the connection is closed: the host is not registered',
      tls: connection.layers,
    });
  }

  #passThrough(
    proxy: MeshProxy,
    connection: Connection,
    hop: Hop,
    branch: Branch,
    toOriginal: boolean,
  ): void {
    const { sidecar } = proxy.scope;
    const collector = toOriginal ? sidecar?.spec.outboundTrafficPolicy?.egressProxy : undefined;
    if (collector) {
      const origin: Origin = {
        resource: sidecar!,
        path: ['spec', 'outboundTrafficPolicy', 'egressProxy'],
      };
      const cluster = { ...destinationCluster(collector, undefined, 0), origin };
      const options = { resolves: undefined, authority: withoutPort(connection.http.authority) };
      this.#toCluster(proxy, connection, { cluster, weight: 0 }, 0, decided(hop, origin), branch, options);
      return;
    }
    const { layers } = connection;
    const cluster = toOriginal ? 'PassthroughCluster' : 'AllowAnyDynamicDNSCluster';
    this.#end({ ...hop, cluster, layers: layers.length > 0 ? layers : undefined }, branch, {
      outcome: 'passthrough',
      host: this.#request.host,
      port: String(this.#request.port),
      tls: layers,
    });
  }

  #modeOrigins(proxy: MeshProxy): readonly Origin[] {
    const { origin } = outboundMode(this.#view, proxy.scope);
    return origin ? [origin] : [];
  }

  #toCluster(
    proxy: MeshProxy,
    connection: Connection,
    { cluster }: Weighted,
    share: number,
    hop: Hop,
    branch: Branch,
    options: UpstreamOptions,
  ): void {
    const weighted: Hop = share > 0 ? { ...hop, weight: share } : hop;
    const at = this.#reasons?.cluster(weighted, proxy, cluster) ?? weighted;
    const decision = decideUpstream(this.#view, proxy, connection, cluster, at, options);
    if (decision.kind === 'end') {
      this.#end(decision.hop, split(branch, share), decision.ending);
    } else {
      this.#arrive(decision, split(branch, share));
    }
  }

  #arrive(decision: UpstreamDecision & { readonly kind: 'connect' }, branch: Branch): void {
    const { cluster, endpoint, connection, hop } = decision;
    const { service, port } = cluster;
    const next =
      service.registry === 'kubernetes'
        ? gatewayProxyAt(this.#view, service.hostname, this.#request.from.namespace)
        : undefined;
    if (!next?.gateway) {
      this.#end(hop, branch, {
        outcome: service.registry === 'external' ? 'external' : 'mesh',
        host: service.hostname,
        port: String(port.number),
        tls: connection.layers,
      });
      return;
    }
    if (branch.via.includes(next.gateway.id)) {
      const reason = 'the gateway sends the request to itself';
      this.#end(hop, branch, { outcome: 'loop', reason, tls: connection.layers });
      return;
    }
    const { address: _address, ...rest } = connection;
    const via = [...branch.via, next.gateway.id];
    this.#throughGateway(
      next,
      { ...rest, port: endpoint?.port ?? port.number },
      withHop({ ...branch, via }, hop),
    );
  }

  #end(hop: Hop, branch: Branch, ending: Ending): void {
    this.paths.push(finished(withHop(branch, hop), ending));
  }
}
