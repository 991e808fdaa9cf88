interface Entry {
  readonly severity?: 'warning' | 'info';
  readonly summary: string;
}

/**
 * What istiod's webhook checks, one code for each thing a person would look up or switch off. The group `istiod`
 * holds what several kinds have in common. Each has a page in `engine/rules`.
 */
const table = {
  'istiod/annotation': { summary: 'An annotation is set that istiod does not take from users.' },
  'istiod/cipher-suites': {
    severity: 'warning',
    summary: 'Cipher suites of a server are unknown, given twice, or missing for an old TLS version.',
  },
  'istiod/connection-pool': {
    summary: 'Settings of a connection pool are empty, negative or contradict each other.',
  },
  'istiod/deprecated-field': {
    severity: 'warning',
    summary: 'A field is still read, but another one has taken its place.',
  },
  'istiod/duration': { summary: 'A duration is too short, or finer than a millisecond.' },
  'istiod/endpoint': { summary: 'An endpoint has an address or ports that istiod cannot use.' },
  'istiod/export-to': { summary: 'The namespaces in `exportTo` are malformed or contradict each other.' },
  'istiod/header': { summary: 'A header has a name or a value that Envoy cannot use.' },
  'istiod/host-name': { summary: 'A host is no domain name.' },
  'istiod/http-status': { summary: 'A status code is none that HTTP or gRPC has.' },
  'istiod/address': { summary: 'A text is no IP address, no range of them, or no path of a socket.' },
  'istiod/label': { summary: 'A label has a key or a value that Kubernetes does not allow.' },
  'istiod/limit': { summary: 'A list or a text is larger than istiod takes.' },
  'istiod/percentage': { summary: 'A percentage is out of range.' },
  'istiod/port': { summary: 'A port has a number that no port has, or a name that is none.' },
  'istiod/protocol': { summary: 'A port has a protocol that Istio does not know.' },
  'istiod/regex': { summary: 'A regular expression is not one that Envoy reads.' },
  'istiod/server-tls': { summary: 'The TLS settings of a server do not fit its mode.' },
  'istiod/string-match': { summary: 'A match compares with nothing.' },
  'istiod/subset-name': { summary: 'The name of a subset is empty, malformed or used twice.' },
  'istiod/target-ref': { summary: 'A policy is attached to something that takes none.' },
  'istiod/workload-selector': {
    summary: 'A selector of workloads has wildcards or empty keys, or selects everything.',
  },

  'gateway/name': { summary: 'A Gateway has a name with dots or other signs that its routes cannot use.' },
  'gateway/port': {
    summary:
      'Ports of servers share a name, do not fit their address, or set what means nothing at a Gateway.',
  },
  'gateway/server-host': { summary: 'A host of a server is not of a form that a Gateway takes.' },
  'gateway/server-incomplete': {
    summary: 'A Gateway has no servers, or a server lacks hosts or the name of its port.',
  },
  'gateway/tls-and-protocol': {
    summary: 'TLS settings are missing for the protocol of a server, or do not fit it.',
  },

  'destination-rule/client-tls': {
    summary: 'TLS settings towards the destination contradict each other or lack something.',
  },
  'destination-rule/load-balancer': {
    summary: 'Settings of the load balancer lack something or contradict each other.',
  },
  'destination-rule/locality': { summary: 'Localities overlap, do not add up, or have the wrong form.' },
  'destination-rule/no-outlier-detection': {
    severity: 'warning',
    summary: 'Failover is configured, but nothing ever finds an endpoint unhealthy.',
  },
  'destination-rule/traffic-policy': {
    summary: 'A traffic policy is empty, or has settings that exclude each other.',
  },
  'destination-rule/tunnel': { summary: 'A tunnel has a protocol, host or port that it cannot use.' },

  'service-entry/addresses': {
    summary: 'Addresses of a ServiceEntry do not fit its resolution or its ports.',
  },
  'service-entry/dynamic-dns': {
    summary: 'A ServiceEntry with resolution DYNAMIC_DNS sets what that does not work with.',
  },
  'service-entry/endpoints': {
    summary: 'The endpoints of a ServiceEntry do not fit its resolution or its ports.',
  },
  'service-entry/host': {
    summary: 'A host of a ServiceEntry is not one that can be registered or resolved.',
  },
  'service-entry/hosts-and-tcp': {
    summary: 'Several hosts share a port whose protocol cannot tell them apart.',
  },

  'sidecar/duplicate-host': {
    severity: 'info',
    summary: 'A listener imports hosts that it imports already.',
  },
  'sidecar/egress-host': { summary: 'A host of a listener is not of the form `namespace/host`.' },
  'sidecar/egress-listener': {
    summary: 'A listener for outgoing traffic has a port that does not fit its place or its address.',
  },
  'sidecar/egress-proxy': {
    summary: 'The proxy for unknown hosts lacks something or does not fit the mode.',
  },
  'sidecar/empty': { summary: 'A Sidecar configures nothing.' },
  'sidecar/ingress-listener': {
    summary: 'A listener for incoming traffic has a port or an endpoint that it cannot have.',
  },
  'sidecar/ingress-tls': { summary: 'TLS settings of a listener use what a Sidecar does not support.' },

  'virtual-service/rewrite': { summary: 'A rewrite changes nothing, or the same thing in two ways.' },
  'virtual-service/cors': { summary: 'A CORS policy has methods, headers or origins that mean nothing.' },
  'virtual-service/delegate': {
    summary: 'A delegate, or a route that delegates, has what belongs to the other side.',
  },
  'virtual-service/fault': {
    summary: 'A fault that is injected is empty or of a kind that Istio does not support.',
  },
  'virtual-service/gateway-name': { summary: 'A Gateway is named in a form that names none.' },
  'virtual-service/hosts': {
    summary: 'Hosts of a VirtualService cover each other, or "*" is bound to the mesh.',
  },
  'virtual-service/ineffective-match': {
    severity: 'info',
    summary: 'A match only takes what an earlier one has taken.',
  },
  'virtual-service/jwt-claim-route': { summary: 'Requests in the mesh are routed by claims of a token.' },
  'virtual-service/mirror': { summary: 'A mirror has a share or a form that it cannot have.' },
  'virtual-service/no-routes': { summary: 'A VirtualService, or one of its routes, leads nowhere.' },
  'virtual-service/redirect': { summary: 'A redirect changes nothing, or in two ways at once.' },
  'virtual-service/retries': { summary: 'A retry policy has conditions or numbers that it cannot have.' },
  'virtual-service/route-conflict': { summary: 'A route answers a request in two ways at once.' },
  'virtual-service/tls-match': {
    summary: 'A TLS route has no SNI hosts, or some that its VirtualService does not have.',
  },
  'virtual-service/unreachable-route': {
    severity: 'warning',
    summary: 'A route stands behind one that takes everything.',
  },
  'virtual-service/weights': { summary: 'Weights of a route are negative or add up to nothing.' },

  'workload-group/probe': { summary: 'A readiness probe has no method, or one that istiod does not know.' },

  'authorization-policy/custom-action': {
    summary: 'The action CUSTOM lacks its provider, or is used with what it cannot see.',
  },
  'authorization-policy/condition': {
    summary: 'A condition asks for an attribute or a value that does not exist.',
  },
  'authorization-policy/deny-all-tcp': {
    severity: 'warning',
    summary: 'A DENY rule that only knows HTTP denies every TCP connection.',
  },
  'authorization-policy/empty-rule': { summary: 'A rule, a source or an operation is empty.' },
  'authorization-policy/operation': {
    summary: 'An operation has a port, path or text that matches nothing.',
  },
  'authorization-policy/source': {
    summary: 'A source has an address, account or trust domain that matches nothing.',
  },

  'peer-authentication/port-level-mtls': {
    summary: 'A mode is set for a port that is not written as a number.',
  },

  'request-authentication/jwt-rule': {
    summary: 'A rule for tokens lacks something or names what cannot be used.',
  },
  'request-authentication/private-key': {
    severity: 'warning',
    summary: 'Keys that check tokens contain a private one.',
  },

  'telemetry/filter': { summary: 'The filter of an access log is no CEL expression.' },
  'telemetry/metrics': { summary: 'An override of a metric lacks its value or its name.' },
  'telemetry/tracing': { summary: 'Tracing names what is empty, or more than is supported.' },

  'envoy-filter/deprecated-name': {
    severity: 'warning',
    summary: 'A filter is matched by a name that Envoy no longer uses.',
  },
  'envoy-filter/internal-api': {
    severity: 'info',
    summary: "An EnvoyFilter depends on Envoy's inner workings, which change with every release.",
  },
  'envoy-filter/match': {
    summary: 'The match of a patch does not fit what the patch applies to, or finds nothing.',
  },
  'envoy-filter/patch': { summary: 'A patch lacks what it applies to, its operation or its value.' },
  'envoy-filter/unknown-field': {
    severity: 'warning',
    summary: 'The value of a patch has a field that Envoy does not know.',
  },
  'envoy-filter/value': { summary: 'The value of a patch is no configuration that Envoy knows.' },
} as const satisfies { readonly [code: string]: Entry };

export type ValidationCode = keyof typeof table;

export const validationRules: { readonly [code in ValidationCode]: Entry } = table;
