import { checkCases } from '../../support/webhook';

checkCases({
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
  cookies: {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      consistentHash:
        httpCookie: { name: a, attributes: [{ name: b }, { name: b }] }
#                                                                ^ destination-rule/load-balancer The cookie has two attributes "b"
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      consistentHash:
        httpCookie: { name: a, attributes: [{ name: b }, { name: c }] }
`,
    ],
  },
  Maglev: {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      consistentHash: { useSourceIp: true, maglev: { tableSize: 5000011 } }
#                                                               ^^^^^^^ destination-rule/load-balancer The table of maglev has to be smaller than 5000011
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      consistentHash: { useSourceIp: true, maglev: { tableSize: 4999999 } }
`,
    ],
  },
  'the old size of a ring': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      consistentHash: { useSourceIp: true, minimumRingSize: 5 }
#                                          ^^^^^^^^^^^^^^^ istiod/deprecated-field "minimumRingSize" is deprecated: use "ringHash.minimumRingSize"
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      consistentHash: { useSourceIp: true, ringHash: { minimumRingSize: 5 } }
`,
    ],
  },
  'localities that overlap': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        distribute:
          - from: eu/*
            to: { eu/west: 50, eu/west/a: 50 }
#                              ^^^^^^^^^ destination-rule/locality "eu/west/a" and "eu/west" overlap
          - from: eu/west
#                 ^^^^^^^ destination-rule/locality "eu/west" and "eu/*" overlap
            to: { us: 100 }
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        distribute:
          - from: eu/west
            to: { eu/west/a: 50, eu/east: 50 }
          - from: eu/*
            to: { us: 100 }
`,
    ],
  },
  'localities of the wrong form': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    loadBalancer:
      localityLbSetting:
        distribute:
          - from: eu//a
#                 ^^^^^ destination-rule/locality "eu//a" has an empty part: write "region", "region/zone" or "region/zone/subzone"
            to: { "*/west": 100 }
#                 ^^^^^^^^ destination-rule/locality "*/west" may have one "*", at its end
`,
    good: [],
  },
  failover: {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    outlierDetection: {}
    loadBalancer:
      localityLbSetting:
        failover:
          - { from: eu, to: eu }
#                           ^^ destination-rule/locality Requests cannot fail over from "eu" to itself: name another region
          - { from: eu/west, to: us }
#                   ^^^^^^^ destination-rule/locality "eu/west" is more than a region: name the part before "/"
          - { from: as, to: u* }
#                           ^^ destination-rule/locality "u*" is no region: "*" means nothing here
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    outlierDetection: {}
    loadBalancer:
      localityLbSetting:
        failover:
          - { from: eu, to: us }
`,
    ],
  },
  'priorities that failover has already': {
    kind: 'DestinationRule',
    bad: `spec:
  host: edition.cnn.com
  trafficPolicy:
    outlierDetection: {}
    loadBalancer:
      localityLbSetting:
        failover: [{ from: eu, to: us }]
        failoverPriority: [topology.kubernetes.io/region]
#                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ destination-rule/locality "failover" already orders regions, so "topology.kubernetes.io/region" must not be a priority too
`,
    good: [
      `spec:
  host: edition.cnn.com
  trafficPolicy:
    outlierDetection: {}
    loadBalancer:
      localityLbSetting:
        failoverPriority: [topology.kubernetes.io/region]
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
});
