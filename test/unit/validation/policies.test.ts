import { checkCases } from '../../support/webhook';

checkCases({
  sources: {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  rules:
    - from:
        - source: { ipBlocks: [10.0.0.1/33, a], remoteIpBlocks: [10.0.0.0/8], principals: [""], trustDomains: ["a*b", "*a*", a/b] }
#                                                                                          ^^ authorization-policy/source An empty text fits nothing: remove it, or write a value
#                                                                                                              ^^^^^ authorization-policy/source "a*b" may have one "*", at its start or its end
#                                                                                                                     ^^^^^ authorization-policy/source "*a*" may have one "*", at its start or its end
#                                                                                                                            ^^^ authorization-policy/source "a/b" is no trust domain: it has no "/"
#                              ^^^^^^^^^^^ authorization-policy/source "10.0.0.1/33" is no IP address and no range of them, such as "10.0.0.0/8"
#                                           ^ authorization-policy/source "a" is no IP address and no range of them, such as "10.0.0.0/8"
        - source: {}
#         ^^^^^^ authorization-policy/empty-rule A source has to say who: name principals, namespaces or addresses, or leave "from" out
        - {}
#         ^^ authorization-policy/empty-rule A source has to say who: name principals, namespaces or addresses, or leave "from" out
`,
    good: [
      `spec:
  rules:
    - from:
        - source: { ipBlocks: [10.0.0.1/8, "::1"], trustDomains: ["*a", "*"] }
`,
    ],
  },
  operations: {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  rules:
    - to:
        - operation: { ports: ["x", "65536"], methods: [""], paths: ["/{**}/{*}", "/a{*}", "/{*}//a"] }
#                              ^^^ authorization-policy/operation "x" is no port: write a number up to 65535
#                                   ^^^^^^^ authorization-policy/operation "65536" is no port: write a number up to 65535
#                                                       ^^ authorization-policy/operation An empty text fits nothing: remove it, or write a value
#                                                                    ^^^^^^^^^^^ authorization-policy/operation "/{**}/{*}" is no template of a path: no operator may stand behind "{**}"
#                                                                                 ^^^^^^^ authorization-policy/operation "/a{*}" is no template of a path: "{*}" and "{**}" have to be whole parts between slashes, and "a{*}" is neither
#                                                                                          ^^^^^^^^^ authorization-policy/operation "/{*}//a" is no template of a path: a part between slashes is empty
        - operation: {}
#         ^^^^^^^^^ authorization-policy/empty-rule An operation has to say what: name hosts, ports, methods or paths, or leave "to" out
        - {}
#         ^^ authorization-policy/empty-rule An operation has to say what: name hosts, ports, methods or paths, or leave "to" out
`,
    good: [
      `spec:
  rules:
    - to:
        - operation: { ports: ["0", "80"], paths: ["/{*}/a/{**}/b", "/a*"] }
`,
    ],
  },
  conditions: {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  rules:
    - when:
        - { key: nope, values: [a] }
#                ^^^^ authorization-policy/condition "nope" is no attribute of a request
        - { key: source.ip }
#                ^^^^^^^^^ authorization-policy/condition A condition has to compare "source.ip" with something: add "values" or "notValues"
        - { key: source.ip, notValues: [a] }
#                                       ^ authorization-policy/condition "a" is no IP address and no range of them, such as "10.0.0.0/8"
        - { key: "request.headers[]", values: [a] }
#                ^^^^^^^^^^^^^^^^^^^ authorization-policy/condition "request.headers[]" needs a name in brackets, such as "request.headers[name]"
        - { key: destination.labels, values: [a] }
#                ^^^^^^^^^^^^^^^^^^ authorization-policy/condition "destination.labels" is no attribute of a request: "selector" takes its place
        - { key: destination.port, values: ["70000"] }
#                                           ^^^^^^^ authorization-policy/condition "70000" is no port: write a number up to 65535
        - { key: source.serviceAccount, values: ["a/b/c"] }
#                                                ^^^^^^^ authorization-policy/condition "a/b/c" is no service account: write "account" or "namespace/account"
`,
    good: [
      `spec:
  rules:
    - when:
        - { key: "request.headers[a]", values: [a] }
        - { key: source.serviceAccount, values: [a/b] }
        - { key: "experimental.envoy.filters.a[b]", values: [a] }
`,
    ],
  },
  'actions without rules': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: CUSTOM
#         ^^^^^^ authorization-policy/empty-rule Without "rules" the action CUSTOM is never taken: add the rule "{}" to take it for every request
  provider: { name: a }
`,
    good: [
      `spec:
  {}
`,
      `spec:
  action: ALLOW
`,
    ],
  },
  'a provider for what needs none': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: AUDIT
  rules:
    - {}
  provider: { name: a }
# ^^^^^^^^ authorization-policy/custom-action The action AUDIT is decided by the proxy itself, so "provider" is only for CUSTOM
`,
    good: [
      `spec:
  action: CUSTOM
  rules:
    - {}
  provider: { name: a }
`,
    ],
  },
  'what is not known yet': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: CUSTOM
  rules:
    - from:
        - source: { notNamespaces: [a] }
#                   ^^^^^^^^^^^^^ authorization-policy/custom-action "notNamespaces" is not known when the action CUSTOM is decided
      when:
        - { key: "request.auth.claims[a]", values: [b] }
#                ^^^^^^^^^^^^^^^^^^^^^^^^ authorization-policy/custom-action "request.auth.claims[a]" is not known when the action CUSTOM is decided
  provider: { name: a }
`,
    good: [],
  },
  'a denial of all TCP': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: DENY
  rules:
    - from:
#     ^^^^ authorization-policy/deny-all-tcp Ports that are not HTTP know none of these attributes, so all their connections are denied: name "ports" in "to"
        - source: { requestPrincipals: ["*"] }
    - to:
#     ^^ authorization-policy/deny-all-tcp Ports that are not HTTP know none of these attributes, so all their connections are denied: name "ports" in "to"
        - operation: { methods: [GET] }
`,
    good: [
      `spec:
  action: DENY
  rules:
    - from:
        - source: { ipBlocks: [10.0.0.0/8] }
    - to:
        - operation: { methods: [GET], ports: ["80"] }
`,
    ],
  },
  'what a policy is attached to': {
    kind: 'Telemetry',
    bad: `spec:
  targetRefs:
    - { kind: Pod, name: a }
#             ^^^ istiod/target-ref A policy cannot be attached to "Pod": use a Service, a ServiceEntry, or a Gateway or GatewayClass of the Gateway API
    - { kind: Gateway, group: networking.istio.io, name: a }
#                             ^^^^^^^^^^^^^^^^^^^ istiod/target-ref A policy attaches to the Gateway of the group "gateway.networking.k8s.io", not of "networking.istio.io"
`,
    good: [
      `spec:
  targetRefs:
    - { kind: Service, group: core, name: a }
    - { kind: Service, name: a }
`,
    ],
  },
  'keys of tokens': {
    kind: 'RequestAuthentication',
    bad: `spec:
  jwtRules:
    - issuer: a
      jwks: '{"keys": [{"kty": "RSA", "n": "a"}]}'
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ request-authentication/jwt-rule These are no keys in JSON: key 1 lacks "e"
    - issuer: b
      jwks: '{"keys": [{"kty": "EC", "crv": "P-256", "x": "a", "y": "b", "d": "c"}]}'
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ request-authentication/private-key Key 1 is a private one: tokens are checked with public keys, so take it out and replace it
    - audiences: [a]
#     ^^^^^^^^^^^^^^ request-authentication/jwt-rule A rule needs "issuer", which says whose tokens it checks, or "jwksUri"
`,
    good: [
      `spec:
  jwtRules:
    - issuer: a
      jwks: '{"keys": []}'
    - jwksUri: https://a.com:8443/keys
`,
    ],
  },
  'filters of access logs': {
    kind: 'Telemetry',
    bad: `spec:
  accessLogging:
    - filter: { expression: "a ==" }
#                           ^^^^^^ telemetry/filter "a ==" is no CEL expression: a value is missing at its end
    - filter: {}
#     ^^^^^^ telemetry/filter A filter needs an "expression", such as "response.code >= 400"; leave it out to log everything
    - filter: { expression: "a[1" }
#                           ^^^^^ telemetry/filter "a[1" is no CEL expression: "]" is missing at its end
`,
    good: [
      `spec:
  accessLogging:
    - filter: { expression: "has(a.b) && !(c in [1, 2u, 'x']) || d[0].e(f, {g: 1}) ? true : -1.5e3 > 0x1F" }
`,
    ],
  },
  tags: {
    kind: 'Telemetry',
    bad: `spec:
  metrics:
    - overrides:
        - tagOverrides: { a: {}, b: { operation: REMOVE } }
#                         ^ telemetry/metrics The tag "a" is set, so it needs "value": use "operation: REMOVE" to take it away
  tracing:
    - customTags: { "": { literal: { value: a } } }
#                   ^^ telemetry/tracing A tag needs a name
    - {}
#     ^^ telemetry/tracing Only the first entry of "tracing" is used: put the settings into one
`,
    good: [
      `spec:
  metrics:
    - overrides:
        - tagOverrides: { a: { value: b } }
`,
    ],
  },
  probes: {
    kind: 'WorkloadGroup',
    bad: `spec:
  template: {}
  probe: { grpc: { port: 80 } }
#          ^^^^ workload-group/probe The probe "grpc" is not known to istiod, although the API server takes it: use "httpGet", "tcpSocket" or "exec"
`,
    good: [
      `spec:
  template: {}
  probe: { tcpSocket: { port: 80 } }
`,
    ],
  },
  'a probe that asks nothing': {
    kind: 'WorkloadGroup',
    bad: `spec:
  template: {}
  metadata: { labels: { a: "b c" } }
#                          ^^^^^ istiod/label "b c" is no value of a label: it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends
  probe: {}
# ^^^^^ workload-group/probe A probe has to say how the application is asked: add "httpGet", "tcpSocket" or "exec"
`,
    good: [
      `spec:
  template: {}
`,
    ],
  },
  'a workload': {
    kind: 'WorkloadEntry',
    bad: `spec:
  address: a_b.com
#          ^^^^^^^ istiod/endpoint "a_b.com" is neither an IP address nor a host name
  labels: { "a/b/c": d }
#           ^^^^^^^ istiod/label "a/b/c" is no key of a label: it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends
`,
    good: [
      `spec:
  address: a.com
`,
      `spec:
  address: unix://@a
`,
      `spec:
  address: "::1"
`,
    ],
  },
  patches: {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - {}
#     ^^ envoy-filter/patch A patch needs "applyTo"
    - applyTo: CLUSTER
#     ^^^^^^^^^^^^^^^^ envoy-filter/patch A patch needs "patch"
    - applyTo: CLUSTER
      patch: { operation: MERGE }
#     ^^^^^ envoy-filter/patch The operation MERGE needs "value"
    - applyTo: CLUSTER
      patch: { operation: REMOVE }
      match: { proxy: { proxyVersion: "(" } }
#                                     ^^^ envoy-filter/match "(" is no regular expression of RE2: a "(" is not closed
    - applyTo: HTTP_FILTER
      patch: { operation: REMOVE }
      match: { context: WAYPOINT, waypoint: {} }
`,
    good: [],
  },
  'matches of patches': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - applyTo: CLUSTER
      match: { listener: {} }
#              ^^^^^^^^ envoy-filter/match A patch to CLUSTER is matched by "cluster", so "listener" cannot find it
      patch: { operation: REMOVE }
    - applyTo: NETWORK_FILTER
      match: { listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } } }
#                                                            ^^^^^^^^^ envoy-filter/match "subFilter" finds filters of HTTP, so it is for HTTP_FILTER, not for NETWORK_FILTER
      patch: { operation: REMOVE }
    - applyTo: HTTP_FILTER
      match: { listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } } }
#                                                            ^^^^^^^^^ envoy-filter/match Filters of HTTP are inside of "envoy.filters.network.http_connection_manager", so that has to be the name of the filter
      patch: { operation: REMOVE }
    - applyTo: HTTP_FILTER
      match: { listener: { filterChain: { filter: { name: envoy.http_connection_manager, subFilter: {} } } } }
#                                                                                        ^^^^^^^^^ envoy-filter/match A match of a filter needs its "name"
      patch: { operation: REMOVE }
    - applyTo: LISTENER
      match: { listener: { filterChain: { filter: { name: envoy.tcp_proxy } } } }
#                                         ^^^^^^ envoy-filter/match A match of a filter changes nothing for LISTENER
#                                                         ^^^^^^^^^^^^^^^ envoy-filter/deprecated-name "envoy.tcp_proxy" is the old name of "envoy.filters.network.tcp_proxy"
      patch: { operation: REMOVE }
`,
    good: [],
  },
  'values of patches': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - applyTo: CLUSTER
      patch:
        operation: MERGE
        value: { name: 5, connect_timeout: 5, perConnectionBufferLimitBytes: 1.5, health_checks: {} }
#                      ^ envoy-filter/value Envoy reads a text in "name"
#                                          ^ envoy-filter/value Envoy reads a duration such as "1.5s" in "connect_timeout"
#                                                                            ^^^ envoy-filter/value Envoy reads a whole number in "per_connection_buffer_limit_bytes"
#                                                                                                ^^ envoy-filter/value Envoy reads a list in "health_checks"
    - applyTo: HTTP_FILTER
      patch:
        operation: ADD
        value: { name: a, typed_config: {} }
#                         ^^^^^^^^^^^^ envoy-filter/value "typed_config" needs "@type", which says what it is
    - applyTo: HTTP_FILTER
      patch:
        operation: ADD
        value:
          name: a
          typed_config:
            "@type": type.googleapis.com/udpa.type.v1.TypedStruct
            value: { typed_config: {} }
    - applyTo: NETWORK_FILTER
      patch: { operation: ADD, value: { name: a } }
#                              ^^^^^ envoy-filter/value Envoy no longer finds extensions by name alone: add "typed_config" with their "@type"
`,
    good: [],
  },
});
