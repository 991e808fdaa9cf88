import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
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
}).forEach(({ name, run }) => void test(name, run));
