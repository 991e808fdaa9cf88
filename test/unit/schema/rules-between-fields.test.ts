import { test } from 'node:test';
import { casesOf } from '../../support/structure';

casesOf({
  'portLevelMtls needs workloads': {
    kind: 'PeerAuthentication',
    bad: `spec:
  selector: { matchLabels: {} }
  portLevelMtls: { 80: { mode: STRICT } }
# ^^^^^^^^^^^^^ schema/rule "portLevelMtls" is about ports of chosen workloads; choose them by labels in "selector.matchLabels"
`,
    good: ['spec: { mtls: { mode: STRICT } }\n'],
  },
  'a target is in the same namespace': {
    kind: 'Telemetry',
    bad: `spec:
  targetRefs:
    - kind: Gateway
      group: gateway.networking.k8s.io
      name: waypoint
      namespace: other
#                ^^^^^ schema/rule A target is in the namespace of the object that names it, so "namespace" has to stay empty; remove it
`,
    good: ['spec: { targetRefs: [{ kind: Service, name: a, namespace: "" }] }\n'],
  },
  'an extension is Wasm or Lua': {
    kind: 'TrafficExtension',
    bad: `spec:
#<---- schema/required "spec" needs one of the fields "wasm" and "lua"
  phase: AUTHN
`,
    good: ['spec: { lua: { inlineCode: "-- none" } }\n'],
  },
  'a value of the host is not set': {
    kind: 'WasmPlugin',
    bad: `spec:
  url: oci://a
  vmConfig:
    env:
      - { name: A, valueFrom: HOST, value: b }
#                                          ^ schema/rule "value" contradicts "HOST", which takes the value from the proxy's own environment; remove it
`,
    good: [
      'spec: { url: oci://a, vmConfig: { env: [{ name: A, value: b }, { name: B, valueFrom: HOST }] } }\n',
    ],
  },
  'a waypoint is matched in its context': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - match: { context: WAYPOINT }
#                       ^^^^^^^^ schema/rule "waypoint" and the context "WAYPOINT" go together; set both or neither
    - match: { waypoint: { portNumber: 80 } }
#              ^^^^^^^^ schema/rule "waypoint" and the context "WAYPOINT" go together; set both or neither
`,
    good: [
      'spec: { configPatches: [{ match: { context: WAYPOINT, waypoint: {} } }, { match: { context: ANY } }] }\n',
    ],
  },
  'DNS finds no networks': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com]
  addresses: [10.0.0.0/8]
  resolution: DNS
#             ^^^ schema/rule A network in "addresses" contradicts a resolution by DNS, which finds single addresses; use "resolution: STATIC" or "NONE", or write single addresses
`,
    good: [
      'spec: { hosts: [a.com], addresses: [10.0.0.0/8] }\n',
      'spec: { hosts: [a.com], addresses: [10.0.0.1], resolution: DNS }\n',
    ],
  },
  'endpoints need a resolution': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com]
  endpoints: []
# ^^^^^^^^^ schema/rule "endpoints" contradict the resolution "NONE", which is the default and sends requests to the address the client asked for; set "resolution: STATIC" for addresses or "DNS" for names
`,
    good: ['spec: { hosts: [a.com], endpoints: null }\n'],
  },
  'round robin takes one name': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com]
  resolution: DNS_ROUND_ROBIN
  endpoints: [{ address: a.com }, { address: b.com }]
# ^^^^^^^^^ schema/rule "DNS_ROUND_ROBIN" takes one endpoint at most; keep one, or set "resolution: DNS"
`,
    good: ['spec: { hosts: [a.com], resolution: DNS_ROUND_ROBIN, endpoints: [{ address: a.com }] }\n'],
  },
  'an endpoint is somewhere': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com]
  resolution: STATIC
  endpoints:
    - weight: 1
#     ^^^^^^ schema/required "spec.endpoints[0]" needs the field "address", or "network" when it is reached through the gateway of its network
`,
    good: ['spec: { hosts: [a.com], resolution: STATIC, endpoints: [{ network: net }] }\n'],
  },
  'a socket has no ports': {
    kind: 'WorkloadEntry',
    bad: `spec:
  address: unix:///a
  ports: {}
# ^^^^^ schema/rule "ports" contradict the address, which is a Unix socket and has none; remove them
`,
    good: ['spec: { address: 1.2.3.4, ports: { a: 1 } }\n'],
  },
  'service accounts stand alone': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  rules:
    - from:
        - source:
            namespaces: [a]
            serviceAccounts: [b]
#           ^^^^^^^^^^^^^^^ schema/one-of Service accounts exclude principals and namespaces in one source; keep one kind, and put the other into a source of its own
`,
    good: ['spec: { rules: [{ from: [{ source: { serviceAccounts: [b], ipBlocks: [1.2.3.4] } }] }] }\n'],
  },
  'a tag that is set has a value': {
    kind: 'Telemetry',
    bad: `spec:
  metrics:
    - overrides:
        - tagOverrides:
            a: { operation: UPSERT }
#                           ^^^^^^ schema/required "spec.metrics[0].overrides[0].tagOverrides.a" needs the field "value": "UPSERT" sets the tag to it
            b: { operation: REMOVE, value: x }
#                                          ^ schema/rule "value" contradicts the operation "REMOVE", which takes the tag away; remove it
`,
    good: [
      'spec: { metrics: [{ overrides: [{ tagOverrides: { a: { value: x }, b: { operation: REMOVE, value: null } } }] }] }\n',
    ],
  },
  'one way to choose workloads': {
    kind: 'WasmPlugin',
    bad: `spec:
  url: oci://a
  selector: {}
  targetRefs: []
# ^^^^^^^^^^ schema/one-of "selector" and "targetRefs" exclude each other in "spec"; keep one of them
`,
    good: [],
  },
}).forEach(({ name, run }) => void test(name, run));
