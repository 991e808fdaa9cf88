import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
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
}).forEach(({ name, run }) => void test(name, run));
