import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  'hosts of a server': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [cnn, '*', team-/a.com, /a.com, a.*.com, ns/*.a.com, 10.0.0.1, '*a.com']
#             ^^^ gateway/server-host "cnn" is a short name, which is not looked up here: write the full host, with its domain
#                       ^^^^^^^^^^^ gateway/server-host "team-" is no namespace: name one, or use "." for the Gateway's own and "*" for all
#                                    ^^^^^^ gateway/server-host "/a.com" lacks one side of "/": write "namespace/host", or the host alone
#                                            ^^^^^^^ gateway/server-host "a.*.com" is no host name: it takes letters, digits and "-" between dots, and "*" is not of that form
#                                                                           ^^^^^^^^ gateway/server-host "*a.com" has "*" inside a part of the name: only a whole part may be "*", and only the first
      tls: { mode: PASSTHROUGH }
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: ['*', ./a.com, '*/a.com', ns/*.a.com, 10.0.0.1]
      tls: { mode: PASSTHROUGH }
`,
    ],
  },
  'a protocol that is none': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TSL }
#                                               ^^^ istiod/protocol "TSL" is no protocol Istio knows; did you mean "TLS"?
      hosts: [edition.cnn.com]
      tls: { mode: PASSTHROUGH }
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: tls, protocol: tls }
      hosts: [edition.cnn.com]
      tls: { mode: PASSTHROUGH }
`,
    ],
  },
  'names of ports': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [edition.cnn.com]
      tls: { mode: PASSTHROUGH }
    - port: { number: 443, name: tls, protocol: TLS }
#                                ^^^ gateway/port Another server's port is called "tls" too: give each its own name
      hosts: [edition.cnn.com]
      tls: { mode: PASSTHROUGH }
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [edition.cnn.com]
      tls: { mode: PASSTHROUGH }
`,
    ],
  },
  'a socket has no port': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 80, name: a, protocol: HTTP }
#                     ^^ gateway/port A server on a Unix domain socket has no port: set "number" to 0
      hosts: [edition.cnn.com]
      bind: unix:///var/run/a.sock
`,
    good: [
      `spec:
  servers:
    - port: { number: 0, name: a, protocol: HTTP }
      hosts: [edition.cnn.com]
      bind: unix:///var/run/a.sock
`,
      `spec:
  servers:
    - port: { number: 0, name: a, protocol: HTTP }
      hosts: [edition.cnn.com]
      bind: unix://@a
`,
    ],
  },
  'addresses to listen on': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [edition.cnn.com]
      tls: { mode: PASSTHROUGH }
      bind: 10.0.0.0/8
#           ^^^^^^^^^^ istiod/address "10.0.0.0/8" is no IP address
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [edition.cnn.com]
      tls: { mode: PASSTHROUGH }
      bind: "::1"
`,
    ],
  },
  'TLS belongs to protocols that have it': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 80, name: a, protocol: HTTP }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a }
#     ^^^ gateway/tls-and-protocol A server for HTTP has no TLS: use the protocol HTTPS, or remove "tls"
`,
    good: [
      `spec:
  servers:
    - port: { number: 80, name: a, protocol: HTTP }
      hosts: [edition.cnn.com]
      tls: { httpsRedirect: true }
`,
    ],
  },
  'certificates that a mode does not take': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: ISTIO_MUTUAL, privateKey: /a, credentialNames: [a] }
#                                ^^^^^^^^^^ istiod/server-tls Mode ISTIO_MUTUAL takes the certificates that Istio makes, so "privateKey" must not be set
#                                                ^^^^^^^^^^^^^^^ istiod/server-tls Mode ISTIO_MUTUAL takes the certificates that Istio makes, so "credentialNames" must not be set
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: ISTIO_MUTUAL }
`,
    ],
  },
  'certificates from two places': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a, serverCertificate: /a, privateKey: /b }
#                                             ^^^^^^^^^^^^^^^^^ istiod/server-tls "credentialName" and "serverCertificate" are different places for one certificate: keep one of them
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a, serverCertificate: /a }
`,
    ],
  },
  'certificates of clients': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: MUTUAL, serverCertificate: /a, privateKey: /b }
#     ^^^ istiod/server-tls Mode MUTUAL checks certificates of clients, so it needs "caCertificates" or "credentialName"
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: MUTUAL, serverCertificate: /a, privateKey: /b, caCertificates: /c }
`,
    ],
  },
  'lists of revoked certificates': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, serverCertificate: /a, privateKey: /b, caCrl: /c }
#                                                                        ^^ istiod/server-tls Mode SIMPLE asks clients for no certificate, so there is none to revoke
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: MUTUAL, serverCertificate: /a, privateKey: /b, caCertificates: /c, caCrl: /d }
`,
    ],
  },
  'certificates that nobody uses': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [edition.cnn.com]
      tls: { mode: AUTO_PASSTHROUGH, credentialName: a }
#                                    ^^^^^^^^^^^^^^ istiod/server-tls Mode AUTO_PASSTHROUGH hands the connection on as it is, so "credentialName" is ignored
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: tls, protocol: TLS }
      hosts: [edition.cnn.com]
      tls: { mode: AUTO_PASSTHROUGH }
`,
    ],
  },
  'cipher suites': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a, cipherSuites: [AES128-SHA, AES128-SHA, NOPE, -ALL] }
#                                                                        ^^^^^^^^^^ istiod/cipher-suites "AES128-SHA" stands here twice
#                                                                                    ^^^^ istiod/cipher-suites "NOPE" is no cipher suite Envoy knows, so it is ignored
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a, cipherSuites: [AES128-SHA, ALL] }
`,
    ],
  },
  'old versions of TLS need suites': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_1 }
#                                                                 ^^^^^^^ istiod/cipher-suites The usual cipher suites do not work below TLS 1.2: name some in "cipherSuites" that do
`,
    good: [
      `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a, minProtocolVersion: TLSV1_2 }
`,
    ],
  },
  'only plain HTTP is redirected': {
    kind: 'Gateway',
    bad: `spec:
  servers:
    - port: { number: 443, name: a, protocol: HTTPS }
      hosts: [edition.cnn.com]
      tls: { mode: SIMPLE, credentialName: a, httpsRedirect: true }
#                                             ^^^^^^^^^^^^^ gateway/tls-and-protocol Only plain HTTP can be redirected to HTTPS: put "httpsRedirect" on the server of port 80
`,
    good: [],
  },
}).forEach(({ name, run }) => void test(name, run));
