// The annotations of Istio: what kinds of objects they are for, and which are on the way out. The facts are those of
// `annotation/annotations.yaml` in istio.io/api as of 2026-08-19, the version Istio 86c9f01 is built with.

/** By the kinds they belong to. */
const annotationsOf = {
  Service: [
    'alpha.istio.io/canonical-serviceaccounts',
    'alpha.istio.io/kubernetes-serviceaccounts',
    'networking.istio.io/exportTo',
    'traffic.istio.io/nodeSelector',
  ],
  Pod: [
    'ambient.istio.io/bypass-inbound-capture',
    'ambient.istio.io/dns-capture',
    'ambient.istio.io/redirection',
    'inject.istio.io/templates',
    'istio.io/reroute-virtual-interfaces',
    'istio.io/rev',
    'prometheus.istio.io/merge-metrics',
    'proxy.istio.io/config',
    'proxy.istio.io/overrides',
    'readiness.status.sidecar.istio.io/applicationPorts',
    'readiness.status.sidecar.istio.io/failureThreshold',
    'readiness.status.sidecar.istio.io/initialDelaySeconds',
    'readiness.status.sidecar.istio.io/periodSeconds',
    'sidecar.istio.io/agentLogLevel',
    'sidecar.istio.io/bootstrapOverride',
    'sidecar.istio.io/componentLogLevel',
    'sidecar.istio.io/discoveryAddress',
    'sidecar.istio.io/extraStatTags',
    'sidecar.istio.io/inject',
    'sidecar.istio.io/interceptionMode',
    'sidecar.istio.io/logLevel',
    'sidecar.istio.io/nativeSidecar',
    'sidecar.istio.io/proxyCPU',
    'sidecar.istio.io/proxyCPULimit',
    'sidecar.istio.io/proxyImage',
    'sidecar.istio.io/proxyImageType',
    'sidecar.istio.io/proxyMemory',
    'sidecar.istio.io/proxyMemoryLimit',
    'sidecar.istio.io/rewriteAppHTTPProbers',
    'sidecar.istio.io/statsCompression',
    'sidecar.istio.io/statsEvictionInterval',
    'sidecar.istio.io/statsFlushInterval',
    'sidecar.istio.io/statsHistogramBins',
    'sidecar.istio.io/statsHistogramBuckets',
    'sidecar.istio.io/statsInclusionPrefixes',
    'sidecar.istio.io/statsInclusionRegexps',
    'sidecar.istio.io/statsInclusionSuffixes',
    'sidecar.istio.io/status',
    'sidecar.istio.io/userVolume',
    'sidecar.istio.io/userVolumeMount',
    'status.sidecar.istio.io/port',
    'traffic.sidecar.istio.io/excludeInboundPorts',
    'traffic.sidecar.istio.io/excludeInterfaces',
    'traffic.sidecar.istio.io/excludeOutboundIPRanges',
    'traffic.sidecar.istio.io/excludeOutboundPorts',
    'traffic.sidecar.istio.io/includeInboundPorts',
    'traffic.sidecar.istio.io/includeOutboundIPRanges',
    'traffic.sidecar.istio.io/includeOutboundPorts',
    'traffic.sidecar.istio.io/kubevirtInterfaces',
  ],
  'GatewayClass Gateway': ['ambient.istio.io/waypoint-inbound-binding'],
  Any: ['galley.istio.io/analyze-suppress', 'gateway.istio.io/controller-version'],
  Gateway: [
    'gateway.istio.io/name-override',
    'gateway.istio.io/service-account',
    'networking.istio.io/service-type',
  ],
  WorkloadEntry: [
    'istio.io/autoRegistrationGroup',
    'istio.io/connectedAt',
    'istio.io/disconnectedAt',
    'istio.io/workloadController',
  ],
  AuthorizationPolicy: ['istio.io/dry-run'],
  'Service ServiceEntry Namespace': ['istio.io/use-waypoint-canary-weight'],
  Ingress: ['kubernetes.io/ingress.class'],
  'Namespace Service ServiceEntry': ['networking.istio.io/traffic-distribution'],
  Namespace: ['topology.istio.io/controlPlaneClusters'],
} as const;

const deprecated: ReadonlySet<string> = new Set([
  'alpha.istio.io/canonical-serviceaccounts',
  'alpha.istio.io/kubernetes-serviceaccounts',
  'sidecar.istio.io/discoveryAddress',
  'sidecar.istio.io/extraStatTags',
  'sidecar.istio.io/inject',
  'sidecar.istio.io/statsCompression',
  'sidecar.istio.io/statsInclusionPrefixes',
  'sidecar.istio.io/statsInclusionRegexps',
  'sidecar.istio.io/statsInclusionSuffixes',
  'traffic.sidecar.istio.io/kubevirtInterfaces',
]);

export interface KnownAnnotation {
  readonly name: string;
  /** `Any` for all. */
  readonly kinds: readonly string[];
  readonly deprecated: boolean;
}

export const knownAnnotations: ReadonlyMap<string, KnownAnnotation> = new Map(
  Object.entries(annotationsOf).flatMap(([kinds, names]) =>
    names.map((name) => [name, { name, kinds: kinds.split(' '), deprecated: deprecated.has(name) }] as const),
  ),
);
