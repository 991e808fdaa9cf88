import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
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
}).forEach(({ name, run }) => void test(name, run));
