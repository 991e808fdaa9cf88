import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  'two actions': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - redirect: { uri: / }
      fault: { abort: { httpStatus: 500 } }
#     ^^^^^ virtual-service/route-conflict "redirect" answers the request, so "fault" can never happen: keep one of them
      rewrite: { uri: / }
#     ^^^^^^^ virtual-service/route-conflict "redirect" answers the request, so "rewrite" can never happen: keep one of them
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - redirect: { uri: / }
`,
    ],
  },
  'an answer and a route': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - directResponse: { status: 200 }
      route: [{ destination: { host: edition.cnn.com } }]
#     ^^^^^ virtual-service/route-conflict "directResponse" answers the request, so "route" can never happen: keep one of them
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - directResponse: { status: 200 }
`,
    ],
  },
  redirects: {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ uri: { exact: / } }]
      redirect: { prefixRewrite: /a, redirectCode: 200 }
#                 ^^^^^^^^^^^^^ virtual-service/redirect "prefixRewrite" replaces what a match by "prefix" has found, so every "uri" of this route has to be one
#                                                  ^^^ istiod/http-status 200 is no redirect: use 301, 302, 303, 307 or 308
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ uri: { prefix: / } }]
      redirect: { prefixRewrite: /a, redirectCode: 308 }
`,
    ],
  },
  'two ways to redirect a path': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - redirect: { uri: /, prefixRewrite: /a, scheme: ftp }
#                         ^^^^^^^^^^^^^ virtual-service/redirect "uri" replaces the whole path and "prefixRewrite" its beginning: keep one of them
#                                                    ^^^ virtual-service/redirect A redirect leads to "http" or "https"
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - redirect: { scheme: https, derivePort: FROM_REQUEST_PORT }
`,
    ],
  },
  rewrites: {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - rewrite: { uri: /, uriRegexRewrite: { match: a, rewrite: b } }
#                        ^^^^^^^^^^^^^^^ virtual-service/rewrite "uri" and "uriRegexRewrite" both change the path: keep one of them
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - rewrite: { uriRegexRewrite: { match: a, rewrite: b } }
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'half a rewrite': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - rewrite: { uriRegexRewrite: { match: a } }
#                ^^^^^^^^^^^^^^^ virtual-service/rewrite "uriRegexRewrite" needs "match" and "rewrite", and "rewrite" is empty
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [],
  },
  'a rewrite by what is no expression': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - rewrite: { uriRegexRewrite: { match: "[", rewrite: b } }
#                                          ^^^ istiod/regex "[" is no regular expression of RE2, which Envoy uses: a "[" is not closed
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [],
  },
  'the authority in two places': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - headers: { request: { set: { ":authority": a }, add: { host: b } } }
#                                                            ^^^^ virtual-service/rewrite The authority is already set to "a": set it in one place, best in "rewrite.authority"
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - headers: { request: { set: { ":authority": a } } }
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  weights: {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - route:
#     ^^^^^ virtual-service/weights No destination gets any request: give each a "weight", such as 50 and 50
        - { destination: { host: a }, weight: -1 }
#                                             ^^ virtual-service/weights A destination cannot get -1 of the requests: a weight is 0 or more
        - { destination: { host: "*", subset: a.b }, weight: 1 }
#                                ^^^ istiod/host-name "*" is no destination: name the host that requests go to
#                                             ^^^ istiod/subset-name "a.b" is no name of a subset: it takes letters, digits and "-", with a letter or digit at both ends, 63 characters at most
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - route:
        - { destination: { host: a }, weight: 1 }
        - { destination: { host: b } }
`,
    ],
  },
  'TLS routes': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [a.com]
  tls:
    - match: [{ sniHosts: [] }]
#                         ^^ virtual-service/tls-match A TLS match needs at least one host in "sniHosts"
      route: [{ destination: { host: a } }]
    - match: [{ sniHosts: [b.com, a_b, 10.0.0.1], destinationSubnets: [a] }]
#                          ^^^^^ virtual-service/tls-match "b.com" is not among the "hosts" of this VirtualService: add it there, or match one of them
#                                 ^^^ istiod/host-name "a_b" is no host name: it takes letters, digits and "-" between dots
#                                      ^^^^^^^^ virtual-service/tls-match SNI has names only: most clients send none when they connect to an address
#                                                                      ^ istiod/address "a" is no IP address and no range of them: write one such as "10.0.0.1", or a range such as "10.0.0.0/8"
#     ^^^^^ virtual-service/no-routes A TLS route needs "route" with a destination
`,
    good: [
      `spec:
  hosts: ["*.a.com"]
  tls:
    - match: [{ sniHosts: [b.a.com, "*.b.a.com"] }]
      route: [{ destination: { host: a } }]
`,
    ],
  },
  'TCP routes': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [a.com]
  tcp:
    - match: [{ port: 70000, destinationSubnets: [10.0.0.0/8] }]
#                     ^^^^^ istiod/port 70000 is no number of a port: it has to be between 1 and 65535
#     ^^^^^ virtual-service/no-routes A TCP route needs "route" with a destination
`,
    good: [
      `spec:
  hosts: [a.com]
  tcp:
    - route: [{ destination: { host: a } }]
`,
    ],
  },
}).forEach(({ name, run }) => void test(name, run));
