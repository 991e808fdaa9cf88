import { checkCases } from '../../support/webhook';

checkCases({
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
  'headers of a match': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - match:
        - headers: { "a b": { exact: a }, x: { regex: "(" }, y: { prefix: "" } }
#                    ^^^^^ istiod/header "a b" is no name of a header
#                                                     ^^^ istiod/regex "(" is no regular expression of RE2, which Envoy uses: a "(" is not closed
#                                                                         ^^ istiod/string-match An empty prefix fits everything: leave the match out, or name a beginning
          withoutHeaders: { z: { regex: "*" } }
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - match:
        - headers: { ":path": { exact: a }, x: {} }
          uri: { prefix: "" }
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
  'where a request comes from': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ port: 65536, sourceNamespace: a_b, sourceLabels: { a: "b c" } }]
#                     ^^^^^ istiod/port 65536 is no number of a port: it has to be between 1 and 65535
#                                                                     ^^^^^ istiod/label "b c" is no value of a label: it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends
#                                             ^^^ istiod/label "a_b" is no namespace: it takes letters, digits and "-", with a letter or digit at both ends, 63 characters at most
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ port: 80, sourceNamespace: a, sourceLabels: { a: b } }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'changed headers': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - headers:
        request: { set: { ":path": a, "": b }, remove: [host] }
#                         ^^^^^^^ istiod/header The header ":path" cannot be changed here: what starts with ":" is part of the request line
#                                     ^^ istiod/header A header needs a name
#                                                       ^^^^ istiod/header The header "host" cannot be changed here: the authority can only be set, and only on requests
        response: { add: { Host: a, x: "%A(" } }
#                          ^^^^ istiod/header The header "Host" cannot be changed here: the authority can only be set, and only on requests
#                                      ^^^^^ istiod/header "%A(" is no value for a header of Envoy: a command between percent signs does not end; a percent sign is written "%%"
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - headers:
        request: { set: { ":authority": a, x: "%REQ(a)% 5%%" } }
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
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
  mirrors: {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - mirror: { host: a }
#     ^^^^^^ virtual-service/mirror "mirrors" has taken the place of "mirror": put all of them into "mirrors"
      mirrors: [{ destination: { host: b }, percentage: { value: 101 } }]
#                                                                ^^^ virtual-service/mirror 0 to 100 per cent of the requests can be mirrored, not 101
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - mirrors: [{ destination: { host: b }, percentage: { value: 100 } }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'the old share of a mirror': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - mirror: { host: a }
      mirrorPercent: 101
#                    ^^^ virtual-service/mirror At most 100 per cent of the requests can be mirrored, not 101
#     ^^^^^^^^^^^^^ istiod/deprecated-field "mirrorPercent" is deprecated: use "mirrorPercentage"
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [],
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
  retries: {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - retries: { attempts: -1, retryOn: "5xx, 503", backoff: 1500us }
#                          ^^ virtual-service/retries A request cannot be tried less than 0 times more
#                                                            ^^^^^^ istiod/duration "1500us" is finer than a millisecond, which is the smallest step Envoy's timers know
#                                       ^^^^^^^^^^ virtual-service/retries " 503" is no condition for another try; no space may stand beside a comma
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - retries: { attempts: 1, retryOn: "5xx,503,unavailable", backoff: 25ms }
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'retries that never happen': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - retries: { attempts: 0, retryOn: 5xx }
#                             ^^^^^^^ virtual-service/retries "attempts" is 0, so nothing is tried again and "retryOn" means nothing: set "attempts", or remove it
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - retries: { attempts: 0 }
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  faults: {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - fault: { abort: { percentage: { value: 101 }, grpcStatus: ok }, delay: { fixedDelay: 1500us } }
#                                            ^^^ istiod/percentage 101 is no share of requests: use 0, or 0.0001 to 100 per cent
#                                                               ^^ istiod/http-status "ok" is no status of gRPC; did you mean "OK"?
#                                                                                          ^^^^^^ istiod/duration "1500us" is finer than a millisecond, which is the smallest step Envoy's timers know
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - fault: { abort: { percentage: { value: 0.0001 }, grpcStatus: OK }, delay: { fixedDelay: 1ms } }
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'an abort without a status': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - fault: { abort: { percentage: { value: 10 } } }
#              ^^^^^ virtual-service/fault "abort" does not say what requests are answered with: set "httpStatus" or "grpcStatus"
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [],
  },
  CORS: {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - corsPolicy: { allowOrigins: [{ exact: "" }, { regex: "(" }], allowMethods: [get], allowHeaders: ["a b"], maxAge: 1500ms }
#                                  ^^^^^^^^^^^^^ virtual-service/cors An origin needs something to compare with, such as "exact: https://example.com"
#                                                          ^^^ istiod/regex "(" is no regular expression of RE2, which Envoy uses: a "(" is not closed
#                                                                                 ^^^ virtual-service/cors "get" is no method: use "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE" or "*"
#                                                                                                      ^^^^^ istiod/header "a b" is no name of a header
#                                                                                                                      ^^^^^^ virtual-service/cors Browsers count the age in seconds, so "1500ms" has to be whole ones
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - corsPolicy: { allowOrigins: [{ regex: ".*" }], allowMethods: ["*"], allowHeaders: ["*"], maxAge: 1s }
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
  'routes behind one without a match': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [a.com]
  http:
    - route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ uri: { prefix: / } }]
#     ^^^^^ virtual-service/unreachable-route The route http[0] above has no "match" and takes every request, so none comes here: move it to the end
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ uri: { prefix: / } }]
      route: [{ destination: { host: edition.cnn.com } }]
    - route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'the same match twice': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [a.com]
  tcp:
    - match: [{ port: 80 }, { port: 81 }]
      route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ port: 81 }]
#     ^^^^^ virtual-service/unreachable-route The route tcp[0] above matches the same requests, so none comes here
      route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ port: 80 }, { port: 82 }]
#             ^^^^^^^^^^^^ virtual-service/ineffective-match The route tcp[0] has the same match and comes first, so this one takes nothing
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [],
  },
  'the name of a match does not count': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ name: a, uri: { exact: / }, port: 0 }]
      route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ name: b, uri: { exact: / } }]
#     ^^^^^ virtual-service/unreachable-route The route http[0] above matches the same requests, so none comes here
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ uri: { exact: / } }]
      route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ uri: { exact: / }, port: 80 }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
  'a shorter beginning first': {
    kind: 'VirtualService',
    bad: `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ uri: { prefix: /a } }]
      route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ uri: { prefix: /ab } }]
#             ^^^^^^^^^^^^^^^^^^^^^^^^ virtual-service/ineffective-match The route http[0] takes what starts with "/a" first, so nothing is left for "/ab": move the longer one up
      route: [{ destination: { host: edition.cnn.com } }]
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ uri: { prefix: /ab } }]
      route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ uri: { prefix: /a } }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
      `spec:
  hosts: [edition.cnn.com]
  http:
    - match: [{ uri: { prefix: /a }, port: 80 }]
      route: [{ destination: { host: edition.cnn.com } }]
    - match: [{ uri: { prefix: /ab } }]
      route: [{ destination: { host: edition.cnn.com } }]
`,
    ],
  },
});
