import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  hosts: {
    kind: 'Sidecar',
    bad: `spec:
  egress:
    - hosts: [a.com, ./a, ns/, a_b/a.com, "*/10.0.0.1", ~/a.*.com]
#             ^^^^^ sidecar/egress-host "a.com" lacks a namespace: write "*/a.com" for any, or "./a.com" for the Sidecar's own
#                    ^^^ sidecar/egress-host "a" is a short name, which is not looked up here: write the full host, with its domain
#                         ^^^ sidecar/egress-host An entry needs a namespace and a host, on both sides of "/"
#                              ^^^^^^^^^ sidecar/egress-host "a_b" is no namespace: name one, or use "." for the own one and "*" for all
#                                         ^^^^^^^^^^^^ sidecar/egress-host "10.0.0.1" is no host name: its last part "1" is a number
#                                                       ^^^^^^^^^ sidecar/egress-host "a.*.com" is no host name: it takes letters, digits and "-" between dots, and "*" is not of that form
`,
    good: [
      `spec:
  egress:
    - hosts: [./*, "*/*.a.com", "~ns/*", ~/a.com]
`,
    ],
  },
  'repeated hosts': {
    kind: 'Sidecar',
    bad: `spec:
  egress:
    - hosts: [ns/a.com, ns/a.com, ns/*]
#                       ^^^^^^^^ sidecar/duplicate-host "ns/a.com" is taken by an entry above
#                                 ^^^^ sidecar/duplicate-host "ns/*" takes the hosts above as well, so they change nothing
`,
    good: [
      `spec:
  egress:
    - hosts: [ns/a.com, other/a.com]
`,
    ],
  },
  'all hosts beside others': {
    kind: 'Sidecar',
    bad: `spec:
  egress:
    - hosts: ["*/*", ns/a.com]
#             ^^^^^ sidecar/duplicate-host "*/*" takes all hosts of all namespaces, so the others change nothing
`,
    good: [
      `spec:
  egress:
    - hosts: ["*/*"]
`,
    ],
  },
  listeners: {
    kind: 'Sidecar',
    bad: `spec:
  egress:
    - port: { number: 80, targetPort: 8080 }
#                         ^^^^^^^^^^ sidecar/egress-listener "targetPort" means nothing in a Sidecar, which listens on "number"
      hosts: ["*/*"]
    - port: { number: 80 }
#                     ^^ sidecar/egress-listener There are two listeners on port 80: put their hosts into one
      bind: a.com
#           ^^^^^ istiod/address "a.com" is no IP address
      hosts: ["*/*"]
    - port: { number: 0 }
#                     ^ sidecar/egress-listener A port needs a number, unless "bind" is a Unix domain socket
      hosts: ["*/*"]
    - port: { number: 0 }
      bind: unix:///a
      captureMode: IPTABLES
#                  ^^^^^^^^ sidecar/egress-listener Connections to a Unix domain socket are not captured: use "captureMode: NONE"
      hosts: ["*/*"]
`,
    good: [
      `spec:
  egress:
    - port: { number: 80 }
      bind: 10.0.0.1
      hosts: ["*/*"]
    - port: { number: 0 }
      bind: unix:///a
      captureMode: NONE
      hosts: ["*/*"]
    - hosts: ["*/*"]
`,
    ],
  },
  'a listener without a port': {
    kind: 'Sidecar',
    bad: `spec:
  egress:
    - hosts: ["*/*"]
#     ^^^^^^^^^^^^^^ sidecar/egress-listener A listener without a port takes all that the others leave, so it has to be the last one
    - port: { number: 80 }
      hosts: ["*/*"]
`,
    good: [],
  },
  'a proxy without a port': {
    kind: 'Sidecar',
    bad: `spec:
  outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: a.com } }
#                                           ^^^^^^^^^^^ sidecar/egress-proxy "egressProxy" needs the port that requests are sent to
`,
    good: [
      `spec:
  outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: a.com, port: { number: 80 } } }
`,
    ],
  },
  'a proxy that is a wildcard': {
    kind: 'Sidecar',
    bad: `spec:
  outboundTrafficPolicy: { mode: ALLOW_ANY, egressProxy: { host: "*.a.com", port: { number: 80 } } }
#                                                                ^^^^^^^^^ istiod/host-name "*.a.com" is no host name: it takes letters, digits and "-" between dots, and "*" is not of that form
`,
    good: [],
  },
  'the place of the application': {
    kind: 'Sidecar',
    bad: `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      defaultEndpoint: 10.0.0.1:80
#                      ^^^^^^^^^^^ sidecar/ingress-listener "10.0.0.1:80" is no place of the application: write "127.0.0.1:8080", "0.0.0.0:8080", "[::1]:8080" or "unix:///path"
`,
    good: [
      `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      defaultEndpoint: ":80"
`,
      `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      defaultEndpoint: "[::1]:80"
`,
      `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      defaultEndpoint: unix://@a
`,
    ],
  },
  'TLS of a listener': {
    kind: 'Sidecar',
    bad: `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      tls: { mode: ISTIO_MUTUAL, credentialName: a }
#                                ^^^^^^^^^^^^^^ sidecar/ingress-tls "credentialName" is not supported in a Sidecar: use files, in "serverCertificate" and "privateKey"
#                  ^^^^^^^^^^^^ sidecar/ingress-tls Mode ISTIO_MUTUAL is not for Sidecars: use "SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL" or "PASSTHROUGH"
`,
    good: [
      `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      tls: { mode: SIMPLE, serverCertificate: /a, privateKey: /b }
`,
    ],
  },
  'TLS of a listener for HTTP': {
    kind: 'Sidecar',
    bad: `spec:
  ingress:
    - port: { number: 80, name: a, protocol: HTTP }
      tls: { mode: SIMPLE, serverCertificate: /a, privateKey: /b }
#     ^^^ sidecar/ingress-tls Only a listener for HTTPS or TLS has "tls": change the protocol of its port
`,
    good: [],
  },
  'a pool for HTTP where there is none': {
    kind: 'Sidecar',
    bad: `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      connectionPool: { http: { maxRetries: 1 } }
#                       ^^^^ istiod/connection-pool This port has HTTPS, so settings for HTTP are not used: only "tcp" applies
`,
    good: [
      `spec:
  ingress:
    - port: { number: 8443, name: a, protocol: HTTPS }
      connectionPool: { tcp: { maxConnections: 1 } }
`,
    ],
  },
}).forEach(({ name, run }) => void test(name, run));
