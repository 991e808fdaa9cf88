import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
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
}).forEach(({ name, run }) => void test(name, run));
