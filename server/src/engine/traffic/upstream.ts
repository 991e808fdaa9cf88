import type { View } from '../workspace/view';
import { decided, type Ending, missingReason } from './branch';
import { type Cluster, type ClusterReference, clusterName, findCluster, isDynamic } from './clusters';
import type { Connection } from './connection';
import type { Endpoint } from './endpoints';
import type { MeshProxy } from './mesh-proxy';
import type { Hop, TlsLayer } from './request';
import { upstreamTls } from './upstream-tls';

/** What a proxy does once it knows the cluster. */
export type UpstreamDecision =
  | { readonly kind: 'end'; readonly hop: Hop; readonly ending: Ending }
  | {
      readonly kind: 'connect';
      readonly hop: Hop;
      readonly cluster: Cluster;
      readonly endpoint: Endpoint | undefined;
      readonly connection: Connection;
    };

export interface UpstreamOptions {
  /** The wildcard host whose names this listener looks up. */
  readonly resolves: string | undefined;
  /** The name an HTTP request asks for. */
  readonly authority: string | undefined;
}

/** Looks a cluster up, picks an endpoint and adds the TLS it asks for. */
export function decideUpstream(
  view: View,
  proxy: MeshProxy,
  connection: Connection,
  reference: ClusterReference,
  hop: Hop,
  { resolves, authority }: UpstreamOptions,
): UpstreamDecision {
  const named: Hop = { ...hop, cluster: clusterName(reference) };
  const found = findCluster(view, proxy, reference);
  if ('missing' in found) {
    const reason = missingReason(reference, found.missing.why);
    return end(named, 'no-cluster', reason, connection.layers);
  }
  const typed: Hop = { ...named, clusterType: found.type };
  if (isDynamic(found.service) && resolves !== found.service.hostname) {
    return end(typed, 'no-endpoints', 'no filter of this listener looks the name up', connection.layers);
  }
  const [endpoint] = found.endpoints;
  const tls = upstreamTls(view, proxy, found, endpoint, authority);
  const layers = tls.layer ? [...connection.layers, tls.layer] : connection.layers;
  const at = decided(
    { ...typed, layers: layers.length > 0 ? layers : undefined },
    found.port.origin,
    found.subset?.origin,
    tls.layer ? tls.origin : undefined,
  );
  if (found.type === 'EDS' && !endpoint) {
    return end(at, 'no-endpoints', `503: "${found.service.hostname}" has no endpoints`, layers);
  }
  return { kind: 'connect', hop: at, cluster: found, endpoint, connection: { ...connection, layers } };
}

function end(
  hop: Hop,
  outcome: Ending['outcome'],
  reason: string,
  tls: readonly TlsLayer[],
): UpstreamDecision {
  return { kind: 'end', hop, ending: { outcome, reason, tls } };
}
