import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  'a tunnel beside the PROXY protocol': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    tunnel: { targetHost: a.com, targetPort: 443 }
    proxyProtocol: {}
#   ^^^^^^^^^^^^^ destination-rule/traffic-policy "tunnel" and "proxyProtocol" both wrap the connection: keep one of them
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    proxyProtocol: {}
`,
    ],
  },
  'a policy of nothing but an empty list': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy: { portLevelSettings: [] }
# ^^^^^^^^^^^^^ destination-rule/traffic-policy "trafficPolicy" is empty: set something, or remove it
`,
    good: [],
  },
  'settings for a port': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    portLevelSettings:
      - port: { number: 80 }
#       ^^^^ destination-rule/traffic-policy These settings for a port are empty: set something, or remove them
      - tls: { mode: SIMPLE }
#       ^^^ destination-rule/traffic-policy Settings for a port need to say which one
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    portLevelSettings:
      - port: { number: 80 }
        tls: { mode: SIMPLE }
`,
    ],
  },
  'negative limits': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    connectionPool:
      tcp: { maxConnections: -1 }
#                            ^^ istiod/connection-pool "maxConnections" must not be negative; leave it out for no limit
      http: { maxRetries: -1, http2MaxRequests: -5 }
#                                               ^^ istiod/connection-pool "http2MaxRequests" must not be negative; leave it out for no limit
#                         ^^ istiod/connection-pool "maxRetries" must not be negative; leave it out for no limit
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    connectionPool:
      tcp: { maxConnections: 0 }
`,
    ],
  },
  'an upgrade of what keeps its protocol': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    connectionPool:
      http: { h2UpgradePolicy: UPGRADE, useClientProtocol: true }
#                                                          ^^^^ istiod/connection-pool "useClientProtocol" keeps the protocol of the client, so it must not stand beside "h2UpgradePolicy: UPGRADE"
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    connectionPool:
      http: { h2UpgradePolicy: UPGRADE }
`,
    ],
  },
  'no idle timeout for TCP, but one for HTTP': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    connectionPool:
      tcp: { idleTimeout: 1500us }
#                         ^^^^^^ istiod/duration "1500us" is finer than a millisecond, which is the smallest step Envoy's timers know
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    connectionPool:
      tcp: { idleTimeout: 0s }
`,
    ],
  },
  'a ConfigMap of another namespace': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    tls: { mode: SIMPLE, credentialName: "configmap://roots" }
#                                        ^^^^^^^^^^^^^^^^^^^ destination-rule/client-tls "configmap://roots" names no ConfigMap: write "configmap://namespace/name"
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    tls: { mode: SIMPLE, credentialName: "configmap://default/roots" }
`,
    ],
  },
  'checks that are skipped': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    tls: { mode: SIMPLE, insecureSkipVerify: true, subjectAltNames: [a] }
#                        ^^^^^^^^^^^^^^^^^^ destination-rule/client-tls "insecureSkipVerify" does not check the server, but "subjectAltNames" say how to: remove the one or the other
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    tls: { mode: SIMPLE, insecureSkipVerify: true }
`,
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    tls: { mode: MUTUAL, insecureSkipVerify: true, credentialName: a }
`,
    ],
  },
  'a rule for some workloads stays at home': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  workloadSelector: { matchLabels: { app: a } }
  exportTo: ["*"]
#            ^^^ istiod/export-to A rule with "workloadSelector" is only read in its own namespace: use "exportTo: [.]", or leave it out
`,
    good: [
      `spec:
  host: edition.cnn.com
  workloadSelector: { matchLabels: { app: a } }
  exportTo: [.]
`,
      `spec:
  host: edition.cnn.com
  workloadSelector: { matchLabels: { app: a } }
  exportTo: [team-a]
`,
    ],
  },
  'an empty name of a subset': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  subsets: [{ name: "a b" }]
#                   ^^^^^ istiod/subset-name "a b" is no name of a subset: it takes letters, digits and "-", with a letter or digit at both ends, 63 characters at most
`,
    good: [
      `spec:
  host: edition.cnn.com
  subsets: [{ name: A }]
`,
    ],
  },
}).forEach(({ name, run }) => void test(name, run));
