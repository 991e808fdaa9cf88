import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  'a delegate': {
    kind: 'VirtualService',
    bad: `spec:
  gateways: [egress]
# ^^^^^^^^ virtual-service/delegate Without "hosts" this is a delegate, which is reached through the VirtualService that delegates to it: remove "gateways", or name hosts
  http:
    - delegate: { name: a }
#     ^^^^^^^^ virtual-service/delegate A delegate cannot delegate further: route the requests here
      route: [{ destination: { host: edition.cnn.com } }]
  tcp: [{ route: [{ destination: { host: a } }] }]
# ^^^ virtual-service/delegate Without "hosts" this is a delegate, which only has routes for HTTP: remove "tcp", or name hosts
`,
    good: [
      `spec:
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'names of Gateways': {
    kind: 'VirtualService',
    bad: `spec:
  gateways: [a/b/c, /a, A_B/a, mesh, "?"]
#            ^^^^^ virtual-service/gateway-name "a/b/c" names no Gateway: write "namespace/name", or the name alone for one of the own namespace
#                   ^^ virtual-service/gateway-name "/a" names no Gateway: write "namespace/name", or the name alone for one of the own namespace
#                       ^^^^^ virtual-service/gateway-name "A_B/a" names no Gateway: write "namespace/name", or the name alone for one of the own namespace
  hosts: [edition.cnn.com]
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  gateways: [ns/a, mesh, b]
  hosts: [edition.cnn.com]
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'names of Gateways in a match': {
    kind: 'VirtualService',
    bad: `spec:
  gateways: [ns/a]
  hosts: [edition.cnn.com]
  http:
    - match: [{ gateways: [ns/] }]
#                          ^^^ virtual-service/gateway-name "ns/" names no Gateway: write "namespace/name", or the name alone for one of the own namespace
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  gateways: [ns/a]
  hosts: [edition.cnn.com]
  http:
    - match: [{ gateways: [ns/a] }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'hosts that cover each other': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: ["*.com", a.com, b.org, b.org]
#                  ^^^^^ virtual-service/hosts "a.com" and "*.com" cover the same hosts: one of them is enough
#                                ^^^^^ virtual-service/hosts "b.org" stands here twice: one of them is enough
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: ["*.com", b.org, 10.0.0.1]
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'everything in the mesh': {
    kind: 'VirtualService',
    bad: `spec:
  gateways: [egress, mesh]
  hosts: ["*"]
#         ^^^ virtual-service/hosts "*" only works at a gateway: name hosts, or leave "mesh" out of "gateways"
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  gateways: [egress]
  hosts: ["*"]
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'names for other clusters': {
    kind: 'VirtualService',
    bad: `spec:
  gateways: [ns/a]
  hosts: [outbound_.x_._.a.com]
#         ^^^^^^^^^^^^^^^^^^^^ istiod/host-name "outbound_.x_._.a.com" has not the form "outbound_.<port>_.<subset>_.<host>"
  tls:
    - match: [{ sniHosts: [outbound_.x_._.a.com] }]
#                          ^^^^^^^^^^^^^^^^^^^^ istiod/host-name "outbound_.x_._.a.com" has not the form "outbound_.<port>_.<subset>_.<host>"
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  gateways: [ns/a]
  hosts: [outbound_.80_._.a.com]
  tls:
    - match: [{ sniHosts: [outbound_.80_._.a.com] }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'claims of a token': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ headers: { "@request.auth.claims[group]": { exact: a } } }]
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ virtual-service/jwt-claim-route Claims of a token are only known at a gateway, so "@request.auth.claims[group]" cannot be matched in the mesh: name "gateways" without "mesh"
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  gateways: [ns/a]
  hosts: [edition.cnn.com]
  http:
    - match: [{ headers: { "@request.auth.claims[group]": { exact: a } } }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
}).forEach(({ name, run }) => void test(name, run));
