import { test } from 'node:test';
import { casesOf } from '../../support/structure';

casesOf({
  'a duration needs a unit and a millisecond': {
    kind: 'VirtualService',
    bad: `spec:
  http:
    - timeout: 999us
#              ^^^^^ schema/pattern "999us" is no duration of at least 1ms, which "timeout" takes; write it as "10s", "500ms" or "1h30m"
      retries:
        perTryTimeout: "5"
#                      ^^^ schema/pattern "5" is no duration of at least 1ms, which "perTryTimeout" takes; write it as "10s", "500ms" or "1h30m"
      fault:
        delay:
          fixedDelay: ""
#                     ^^ schema/pattern "" is no duration of at least 1ms, which "fixedDelay" takes; write it as "10s", "500ms" or "1h30m"
`,
    good: [
      'spec:\n  http:\n    - timeout: 1ms\n',
      'spec:\n  http:\n    - timeout: 1.5h2.25s\n',
      'spec:\n  http:\n    - timeout: 1000us\n',
      'spec:\n  http:\n    - timeout: +.5s\n',
    ],
  },
  'a port is between 1 and 65535': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com]
  resolution: STATIC
  ports:
    - number: 0
#             ^ schema/range 0 is out of range: "number" must be between 1 and 65535
      name: a
    - number: 80
      name: b
      targetPort: 65536
#                 ^^^^^ schema/range 65536 is out of range: "targetPort" must be between 1 and 65535
  endpoints:
    - address: 1.2.3.4
      ports: { a: 70000 }
#                 ^^^^^ schema/range 70000 is out of range: "a" must be between 1 and 65535
`,
    good: ['spec:\n  hosts: [a.com]\n  ports: [{ number: 65535, name: a, targetPort: 1 }]\n'],
  },
  'keys of portLevelMtls are ports': {
    kind: 'PeerAuthentication',
    bad: `spec:
  selector: { matchLabels: { app: a } }
  portLevelMtls:
    80: { mode: STRICT }
    http: { mode: STRICT }
#   ^^^^ schema/range "http" is no port; it must be a number between 1 and 65535
`,
    good: ['spec: { selector: { matchLabels: { app: a } }, portLevelMtls: { "+080": { mode: STRICT } } }\n'],
  },
  'an empty key is no port': {
    kind: 'PeerAuthentication',
    bad: `spec:
  selector: { matchLabels: { app: a } }
  portLevelMtls: { "": { mode: STRICT } }
#                  ^^ schema/range "" is no port; it must be a number between 1 and 65535
`,
    good: [],
  },
  'labels are compared as a whole': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  selector:
    matchLabels:
      app: a
      "ver*": b
#     ^^^^^^ schema/pattern "ver*" is no key to select by: labels are compared as a whole, so "*" stands for nothing else; name the label
      tier: "b*"
#           ^^^^ schema/pattern "b*" is no value to select by: labels are compared as a whole, so "*" stands for nothing else; write the value out
`,
    good: ['spec: { selector: { matchLabels: { app: "" } } }\n'],
  },
  'a label has a key': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  selector: { matchLabels: { app: a, "": b } }
#                                    ^^ schema/pattern The key of a label must not be empty; name the label
`,
    good: [],
  },
  'a module has a URL that Go reads': {
    kind: 'WasmPlugin',
    bad: `spec:
  url: ftp://a/b
#      ^^^^^^^^^ schema/pattern "ftp://a/b" is no place to fetch a module from: "url" takes a URL with "oci", "https", "http" or "file" in front, or an image without any
`,
    good: [
      'spec: { url: oci://a/b:1 }\n',
      'spec: { url: ghcr.io/a/b:1 }\n',
      'spec: { url: file:///a }\n',
      'spec: { url: HTTPS://a }\n',
    ],
  },
  'a socket has a path': {
    kind: 'WorkloadEntry',
    bad: `spec:
  address: unix://
#          ^^^^^^^ schema/pattern "unix://" is no Unix socket: behind "unix://" stands an absolute path, or "@" and a name
`,
    good: ['spec: { address: unix://@name }\n'],
  },
  'a socket is no folder': {
    kind: 'WorkloadEntry',
    bad: `spec:
  address: unix:///run/
#          ^^^^^^^^^^^^ schema/pattern "unix:///run/" is no Unix socket but a folder; write the path of the socket, without "/" at the end
`,
    good: ['spec: { address: unix:///run }\n'],
  },
  'names of ports': {
    kind: 'WorkloadEntry',
    bad: `spec:
  address: 1.2.3.4
  ports: { a_b: 1 }
#          ^^^ schema/pattern "a_b" cannot be the name of a port: it takes letters, digits and "-", with a letter or digit at both ends, 62 at most
`,
    good: [`spec: { address: 1.2.3.4, ports: { ${'A'.repeat(62)}: 1 } }\n`],
  },
  'no entry for every host': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com, "*"]
#                ^^^ schema/pattern "*" cannot be a host of a ServiceEntry; name the host, or a domain as in "*.example.com"
`,
    good: ['spec: { hosts: ["*.a.com"] }\n'],
  },
  'every port has its own number': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com]
  ports:
    - { number: 80, name: a }
    - { number: 81, name: b }
    - { number: 80.0, name: c }
#               ^^^^ schema/list-type 80 is already the number of another port; every port needs its own
    - { number: 81, name: d }
`,
    good: [],
  },
  'the scheme of a probe': {
    kind: 'WorkloadGroup',
    bad: `spec:
  template: {}
  probe: { httpGet: { port: 80, scheme: https } }
#                                       ^^^^^ schema/enum "https" is no value of "scheme"; use "HTTP" or "HTTPS"
`,
    good: ['spec: { template: {}, probe: { httpGet: { port: 80, scheme: "" } } }\n'],
  },
  'keys come by HTTP': {
    kind: 'RequestAuthentication',
    bad: `spec:
  jwtRules:
    - issuer: a
      jwksUri: ftp://a
#              ^^^^^^^ schema/pattern "ftp://a" is no place to fetch keys from: "jwksUri" takes a URL that starts with "https://" or "http://"
    - issuer: b
      jwksUri: a.com/keys
#              ^^^^^^^^^^ schema/pattern "a.com/keys" is no place to fetch keys from: "jwksUri" takes a URL that starts with "https://" or "http://"
`,
    good: ['spec: { jwtRules: [{ issuer: a, jwksUri: "https://a/b" }] }\n'],
  },
}).forEach(({ name, run }) => void test(name, run));
