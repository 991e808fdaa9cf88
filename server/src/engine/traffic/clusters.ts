import {
  type ConsolidatedRule,
  destinationRule,
  isSelectedBy,
  type RuleSubset,
  subsetOf,
} from '../mesh/destination-rules';
import { type EffectivePolicy, effectivePolicy } from '../mesh/effective-policy';
import { isWildcard } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import { portOf } from '../mesh/registry';
import type { MeshPort, MeshService } from '../mesh/service';
import { fields } from '../model/guards';
import type { View } from '../workspace/view';
import { type Endpoint, endpointsOf } from './endpoints';
import type { MeshProxy } from './mesh-proxy';

/** Where a route sends a request. */
export interface ClusterReference {
  readonly hostname: string;
  readonly port: number;
  readonly subset?: string;
  /** Where the destination is written; absent for the route every service has of its own. */
  readonly origin?: Origin;
}

/** A cluster as the proxy has it. */
export interface Cluster {
  readonly name: string;
  readonly type: ClusterType;
  readonly service: MeshService;
  readonly port: MeshPort;
  readonly rule?: ConsolidatedRule;
  readonly subset?: RuleSubset;
  readonly policy: EffectivePolicy;
  readonly endpoints: readonly Endpoint[];
}

export type ClusterType =
  | 'EDS'
  | 'STRICT_DNS'
  | 'LOGICAL_DNS'
  | 'ORIGINAL_DST'
  | 'envoy.clusters.dynamic_forward_proxy';

/** Why a proxy has no such cluster. */
export type MissingCluster =
  | { readonly why: 'no-service' }
  | { readonly why: 'no-port'; readonly service: MeshService }
  | { readonly why: 'no-subset'; readonly service: MeshService; readonly rule?: ConsolidatedRule }
  | { readonly why: 'no-endpoints'; readonly service: MeshService };

export function clusterName({ hostname, port, subset }: ClusterReference): string {
  return `outbound|${port}|${subset ?? ''}|${hostname}`;
}

/** The cluster a proxy was given under this name. */
export function findCluster(
  view: View,
  proxy: MeshProxy,
  reference: ClusterReference,
): Cluster | { readonly missing: MissingCluster } {
  const service = proxy.scope.services.get(reference.hostname);
  if (!service || service.resolution === 'alias') {
    return { missing: { why: 'no-service' } };
  }
  const port = portOf(service, reference.port);
  if (!port || port.protocol === 'UDP') {
    return { missing: { why: 'no-port', service } };
  }
  const rule = destinationRule(view, proxy.namespace, service, proxy.labels);
  const subset = reference.subset ? subsetOf(rule, reference.subset) : undefined;
  if (reference.subset && (!subset || isDynamic(service))) {
    return { missing: { why: 'no-subset', service, ...(rule && { rule }) } };
  }
  if (isDynamic(service) && !dynamicProtocols.has(port.protocol)) {
    return { missing: { why: 'no-port', service } };
  }
  return build(view, proxy, reference, { service, port, rule, subset });
}

/** A wildcard host whose names are looked up when they are asked for. */
export function isDynamic(service: MeshService): boolean {
  return service.resolution === 'dynamic-dns' && isWildcard(service.hostname);
}

const dynamicProtocols: ReadonlySet<string> = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2']);

function build(
  view: View,
  proxy: MeshProxy,
  reference: ClusterReference,
  found: {
    readonly service: MeshService;
    readonly port: MeshPort;
    readonly rule: ConsolidatedRule | undefined;
    readonly subset: RuleSubset | undefined;
  },
): Cluster | { readonly missing: MissingCluster } {
  const { service, port, rule, subset } = found;
  const policy = effectivePolicy(rule, subset, port.number);
  const type = typeOf(proxy, service, policy);
  const labels = subset?.subset.labels ?? {};
  const endpoints = endpointsOf(view, service, port).filter((it) => isSelectedBy(labels, it.labels));
  if ((type === 'STRICT_DNS' || type === 'LOGICAL_DNS') && endpoints.length === 0) {
    return { missing: { why: 'no-endpoints', service } };
  }
  return {
    name: clusterName(reference),
    type,
    service,
    port,
    ...(rule && { rule }),
    ...(subset && { subset }),
    policy,
    endpoints,
  };
}

function typeOf(proxy: MeshProxy, service: MeshService, policy: EffectivePolicy): ClusterType {
  if (isDynamic(service)) {
    return 'envoy.clusters.dynamic_forward_proxy';
  }
  if (fields(policy.loadBalancer?.value).simple === 'PASSTHROUGH') {
    return 'ORIGINAL_DST';
  }
  switch (service.resolution) {
    case 'dns':
      return 'STRICT_DNS';
    case 'dns-round-robin':
      return 'LOGICAL_DNS';
    case 'passthrough':
      // The connection a gateway accepts was not meant for the host, so its address is of no use.
      return proxy.type === 'gateway' ? 'EDS' : 'ORIGINAL_DST';
    default:
      return 'EDS';
  }
}
