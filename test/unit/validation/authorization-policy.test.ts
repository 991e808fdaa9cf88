import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  sources: {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  rules:
    - from:
        - source: { ipBlocks: [10.0.0.1/33, a], remoteIpBlocks: [10.0.0.0/8], principals: [""], trustDomains: ["a*b", "*a*", a/b] }
#                                                                                          ^^ authorization-policy/source An empty text fits nothing: remove it, or write a value
#                                                                                                              ^^^^^ authorization-policy/source "a*b" may have one "*", at its start or its end
#                                                                                                                     ^^^^^ authorization-policy/source "*a*" may have one "*", at its start or its end
#                                                                                                                            ^^^ authorization-policy/source "a/b" is no trust domain: it has no "/"
#                              ^^^^^^^^^^^ authorization-policy/source "10.0.0.1/33" is no IP address and no range of them, such as "10.0.0.0/8"
#                                           ^ authorization-policy/source "a" is no IP address and no range of them, such as "10.0.0.0/8"
        - source: {}
#         ^^^^^^ authorization-policy/empty-rule A source has to say who: name principals, namespaces or addresses, or leave "from" out
        - {}
#         ^^ authorization-policy/empty-rule A source has to say who: name principals, namespaces or addresses, or leave "from" out
`,
    good: [
      `spec:
  rules:
    - from:
        - source: { ipBlocks: [10.0.0.1/8, "::1"], trustDomains: ["*a", "*"] }
`,
    ],
  },
  operations: {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  rules:
    - to:
        - operation: { ports: ["x", "65536"], methods: [""], paths: ["/{**}/{*}", "/a{*}", "/{*}//a"] }
#                              ^^^ authorization-policy/operation "x" is no port: write a number up to 65535
#                                   ^^^^^^^ authorization-policy/operation "65536" is no port: write a number up to 65535
#                                                       ^^ authorization-policy/operation An empty text fits nothing: remove it, or write a value
#                                                                    ^^^^^^^^^^^ authorization-policy/operation "/{**}/{*}" is no template of a path: no operator may stand behind "{**}"
#                                                                                 ^^^^^^^ authorization-policy/operation "/a{*}" is no template of a path: "{*}" and "{**}" have to be whole parts between slashes, and "a{*}" is neither
#                                                                                          ^^^^^^^^^ authorization-policy/operation "/{*}//a" is no template of a path: a part between slashes is empty
        - operation: {}
#         ^^^^^^^^^ authorization-policy/empty-rule An operation has to say what: name hosts, ports, methods or paths, or leave "to" out
        - {}
#         ^^ authorization-policy/empty-rule An operation has to say what: name hosts, ports, methods or paths, or leave "to" out
`,
    good: [
      `spec:
  rules:
    - to:
        - operation: { ports: ["0", "80"], paths: ["/{*}/a/{**}/b", "/a*"] }
`,
    ],
  },
  conditions: {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  rules:
    - when:
        - { key: nope, values: [a] }
#                ^^^^ authorization-policy/condition "nope" is no attribute of a request
        - { key: source.ip }
#                ^^^^^^^^^ authorization-policy/condition A condition has to compare "source.ip" with something: add "values" or "notValues"
        - { key: source.ip, notValues: [a] }
#                                       ^ authorization-policy/condition "a" is no IP address and no range of them, such as "10.0.0.0/8"
        - { key: "request.headers[]", values: [a] }
#                ^^^^^^^^^^^^^^^^^^^ authorization-policy/condition "request.headers[]" needs a name in brackets, such as "request.headers[name]"
        - { key: destination.labels, values: [a] }
#                ^^^^^^^^^^^^^^^^^^ authorization-policy/condition "destination.labels" is no attribute of a request: "selector" takes its place
        - { key: destination.port, values: ["70000"] }
#                                           ^^^^^^^ authorization-policy/condition "70000" is no port: write a number up to 65535
        - { key: source.serviceAccount, values: ["a/b/c"] }
#                                                ^^^^^^^ authorization-policy/condition "a/b/c" is no service account: write "account" or "namespace/account"
`,
    good: [
      `spec:
  rules:
    - when:
        - { key: "request.headers[a]", values: [a] }
        - { key: source.serviceAccount, values: [a/b] }
        - { key: "experimental.envoy.filters.a[b]", values: [a] }
`,
    ],
  },
  'actions without rules': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: CUSTOM
#         ^^^^^^ authorization-policy/empty-rule Without "rules" the action CUSTOM is never taken: add the rule "{}" to take it for every request
  provider: { name: a }
`,
    good: [
      `spec:
  {}
`,
      `spec:
  action: ALLOW
`,
    ],
  },
  'a provider for what needs none': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: AUDIT
  rules:
    - {}
  provider: { name: a }
# ^^^^^^^^ authorization-policy/custom-action The action AUDIT is decided by the proxy itself, so "provider" is only for CUSTOM
`,
    good: [
      `spec:
  action: CUSTOM
  rules:
    - {}
  provider: { name: a }
`,
    ],
  },
  'what is not known yet': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: CUSTOM
  rules:
    - from:
        - source: { notNamespaces: [a] }
#                   ^^^^^^^^^^^^^ authorization-policy/custom-action "notNamespaces" is not known when the action CUSTOM is decided
      when:
        - { key: "request.auth.claims[a]", values: [b] }
#                ^^^^^^^^^^^^^^^^^^^^^^^^ authorization-policy/custom-action "request.auth.claims[a]" is not known when the action CUSTOM is decided
  provider: { name: a }
`,
    good: [],
  },
  'a denial of all TCP': {
    kind: 'AuthorizationPolicy',
    bad: `spec:
  action: DENY
  rules:
    - from:
#     ^^^^ authorization-policy/deny-all-tcp Ports that are not HTTP know none of these attributes, so all their connections are denied: name "ports" in "to"
        - source: { requestPrincipals: ["*"] }
    - to:
#     ^^ authorization-policy/deny-all-tcp Ports that are not HTTP know none of these attributes, so all their connections are denied: name "ports" in "to"
        - operation: { methods: [GET] }
`,
    good: [
      `spec:
  action: DENY
  rules:
    - from:
        - source: { ipBlocks: [10.0.0.0/8] }
    - to:
        - operation: { methods: [GET], ports: ["80"] }
`,
    ],
  },
}).forEach(({ name, run }) => void test(name, run));
