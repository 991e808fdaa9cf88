import { test } from 'node:test';
import { casesOf } from '../../support/webhook';

casesOf({
  patches: {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - {}
#     ^^ envoy-filter/patch A patch needs "applyTo"
    - applyTo: CLUSTER
#     ^^^^^^^^^^^^^^^^ envoy-filter/patch A patch needs "patch"
    - applyTo: CLUSTER
      patch: { operation: MERGE }
#     ^^^^^ envoy-filter/patch The operation MERGE needs "value"
    - applyTo: CLUSTER
      patch: { operation: REMOVE }
      match: { proxy: { proxyVersion: "(" } }
#                                     ^^^ envoy-filter/match "(" is no regular expression of RE2: a "(" is not closed
    - applyTo: HTTP_FILTER
      patch: { operation: REMOVE }
      match: { context: WAYPOINT, waypoint: {} }
`,
    good: [],
  },
  'matches of patches': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - applyTo: CLUSTER
      match: { listener: {} }
#              ^^^^^^^^ envoy-filter/match A patch to CLUSTER is matched by "cluster", so "listener" cannot find it
      patch: { operation: REMOVE }
    - applyTo: NETWORK_FILTER
      match: { listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } } }
#                                                            ^^^^^^^^^ envoy-filter/match "subFilter" finds filters of HTTP, so it is for HTTP_FILTER, not for NETWORK_FILTER
      patch: { operation: REMOVE }
    - applyTo: HTTP_FILTER
      match: { listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } } }
#                                                            ^^^^^^^^^ envoy-filter/match Filters of HTTP are inside of "envoy.filters.network.http_connection_manager", so that has to be the name of the filter
      patch: { operation: REMOVE }
    - applyTo: HTTP_FILTER
      match: { listener: { filterChain: { filter: { name: envoy.http_connection_manager, subFilter: {} } } } }
#                                                                                        ^^^^^^^^^ envoy-filter/match A match of a filter needs its "name"
      patch: { operation: REMOVE }
    - applyTo: LISTENER
      match: { listener: { filterChain: { filter: { name: envoy.tcp_proxy } } } }
#                                         ^^^^^^ envoy-filter/match A match of a filter changes nothing for LISTENER
#                                                         ^^^^^^^^^^^^^^^ envoy-filter/deprecated-name "envoy.tcp_proxy" is the old name of "envoy.filters.network.tcp_proxy"
      patch: { operation: REMOVE }
`,
    good: [],
  },
  'values of patches': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - applyTo: CLUSTER
      patch:
        operation: MERGE
        value: { name: 5, connect_timeout: 5, perConnectionBufferLimitBytes: 1.5, health_checks: {} }
#                      ^ envoy-filter/value Envoy reads a text in "name"
#                                          ^ envoy-filter/value Envoy reads a duration such as "1.5s" in "connect_timeout"
#                                                                            ^^^ envoy-filter/value Envoy reads a whole number in "per_connection_buffer_limit_bytes"
#                                                                                                ^^ envoy-filter/value Envoy reads a list in "health_checks"
    - applyTo: HTTP_FILTER
      patch:
        operation: ADD
        value: { name: a, typed_config: {} }
#                         ^^^^^^^^^^^^ envoy-filter/value "typed_config" needs "@type", which says what it is
    - applyTo: HTTP_FILTER
      patch:
        operation: ADD
        value:
          name: a
          typed_config:
            "@type": type.googleapis.com/udpa.type.v1.TypedStruct
            value: { typed_config: {} }
    - applyTo: NETWORK_FILTER
      patch: { operation: ADD, value: { name: a } }
#                              ^^^^^ envoy-filter/value Envoy no longer finds extensions by name alone: add "typed_config" with their "@type"
`,
    good: [],
  },
}).forEach(({ name, run }) => void test(name, run));
