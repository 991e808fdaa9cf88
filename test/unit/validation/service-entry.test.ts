import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  hosts: {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a_b.com, a.123, -a.com, a..com, ä.com]
#         ^^^^^^^ istiod/host-name "a_b.com" is no host name: it takes letters, digits and "-" between dots, and "a_b" is not of that form
#                  ^^^^^ istiod/host-name "a.123" is no host name: its last part "123" is a number
#                         ^^^^^^ istiod/host-name "-a.com" is no host name: it takes letters, digits and "-" between dots, and "-a" is not of that form
#                                 ^^^^^^ istiod/host-name "a..com" is no host name: it takes letters, digits and "-" between dots, and "" is not of that form
#                                         ^^^^^ istiod/host-name "ä.com" is no host name: it takes letters, digits and "-" between dots, and "ä" is not of that form
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: NONE
`,
    good: [
      `spec:
  hosts: [a.com., "*.a.com", reviews]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: NONE
`,
    ],
  },
  'a wildcard inside a part': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: ["*-a.com"]
#         ^^^^^^^^^ service-entry/host "*-a.com" has "*" inside a part of the name, which only works with "resolution: DYNAMIC_DNS"
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: NONE
`,
    good: [
      `spec:
  hosts: ["*-a.com"]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DYNAMIC_DNS
`,
    ],
  },
  'wildcards and the DNS': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: ["*.a.com"]
#         ^^^^^^^^^ service-entry/host "*.a.com" cannot be looked up in the DNS, as "resolution: DNS" wants: name endpoints, or use DYNAMIC_DNS or NONE
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
`,
    good: [
      `spec:
  hosts: ["*.a.com"]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
  endpoints: [{ address: a.com }]
`,
    ],
  },
  addresses: {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  addresses: [10.0.0.0/33, a.com, 10.0.0.1]
#             ^^^^^^^^^^^ istiod/address "10.0.0.0/33" is no IP address and no range of them: write one such as "10.0.0.1", or a range such as "10.0.0.0/8"
#                          ^^^^^ istiod/address "a.com" is no IP address and no range of them: write one such as "10.0.0.1", or a range such as "10.0.0.0/8"
  resolution: NONE
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  addresses: [10.1.2.3/8, 10.0.0.1, "::/0"]
  resolution: NONE
`,
    ],
  },
  'endpoints with fixed addresses': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: STATIC
  endpoints:
    - address: a.com
#              ^^^^^ istiod/endpoint "a.com" is no IP address: with "resolution: STATIC" endpoints are not looked up; use DNS for host names
      ports: { http: 80 }
#              ^^^^ istiod/endpoint The ServiceEntry has no port "http"; it has "tls"
      labels: { a b: c }
#               ^^^ istiod/label "a b" is no key of a label: it takes letters, digits, "-", "_" and ".", with a letter or digit at both ends
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: STATIC
  endpoints:
    - address: 10.0.0.1
      ports: { tls: 8443 }
`,
    ],
  },
  'an endpoint on a socket': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 1, name: a, protocol: HTTP }, { number: 2, name: b, protocol: HTTP }]
  resolution: STATIC
  endpoints: [{ address: "unix:///a" }]
#                        ^^^^^^^^^^^ istiod/endpoint A Unix domain socket serves exactly one port, so the ServiceEntry must have one
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: STATIC
  endpoints: [{ address: "unix:///a" }]
`,
    ],
  },
  'an endpoint in another network': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: STATIC
  endpoints: [{ network: a }]
#             ^^^^^^^^^^^^^^ istiod/endpoint Without an address, requests go to the gateway of the network "a": make sure it has one
`,
    good: [],
  },
  'endpoints that are looked up': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
  endpoints:
    - address: a_b.com
#              ^^^^^^^ istiod/endpoint "a_b.com" is no address: use an IP address, or a host name that the DNS knows
      ports: { http: 80 }
#              ^^^^ istiod/endpoint The ServiceEntry has no port "http"; it has "tls"
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DNS
  endpoints:
    - address: a.com
      ports: { tls: 80 }
`,
    ],
  },
  'dynamic lookups': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com]
#         ^^^^^ service-entry/dynamic-dns "resolution: DYNAMIC_DNS" is for wildcards: use DNS for "a.com"
  ports: [{ number: 443, name: a, protocol: HTTPS }]
#                                           ^^^^^ service-entry/dynamic-dns "resolution: DYNAMIC_DNS" needs the host of each request: use HTTP, HTTP2, GRPC or TLS
  addresses: [10.0.0.1]
# ^^^^^^^^^ service-entry/dynamic-dns "resolution: DYNAMIC_DNS" finds the address of each request by its host, so "addresses" must not be set
  resolution: DYNAMIC_DNS
  endpoints: [{ address: 10.0.0.1 }]
# ^^^^^^^^^ service-entry/dynamic-dns "resolution: DYNAMIC_DNS" finds the address of each request by its host, so "endpoints" must not be set
`,
    good: [
      `spec:
  hosts: ["*.a.com"]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  resolution: DYNAMIC_DNS
`,
    ],
  },
  'hosts that share a port for TCP': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a.com, b.com]
  ports: [{ number: 1, name: a }]
#         ^^^^^^^^^^^^^^^^^^^^^^ service-entry/hosts-and-tcp Several hosts share this port, and an unknown protocol says nothing of the host: write one ServiceEntry for each, or use HTTP or TLS
  resolution: DNS
`,
    good: [
      `spec:
  hosts: [a.com, b.com]
  ports: [{ number: 1, name: a, protocol: HTTP }]
  resolution: DNS
`,
    ],
  },
  'hidden from everybody, and from some': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  exportTo: ["~", a]
#            ^^^ istiod/export-to "~" exports to nobody, so nothing else may stand beside it
  resolution: DNS
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  exportTo: ["~"]
  resolution: DNS
`,
    ],
  },
  'a selector with a wildcard ends the checks': {
    kind: 'ServiceEntry',
    bad: `spec:
  hosts: [a_b.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  workloadSelector: { labels: { "a*": b } }
#                               ^^^^ istiod/workload-selector A selector compares labels letter by letter, so "*" in "a*: b" selects nothing
  resolution: STATIC
`,
    good: [
      `spec:
  hosts: [edition.cnn.com]
  ports: [{ number: 443, name: tls, protocol: TLS }]
  workloadSelector: { labels: { app: a } }
  resolution: STATIC
`,
    ],
  },
}).forEach(({ name, run }) => void test(name, run));
