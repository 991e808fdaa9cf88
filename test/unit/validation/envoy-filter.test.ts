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
  'types of extensions': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - applyTo: NETWORK_FILTER
      patch:
        operation: MERGE
        value:
          name: envoy.filters.network.http_connection_manager
          typedConfig:
            "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
            httpFilters: [{ name: a, typedConfig: { "@type": a.b/envoy.extensions.filters.http.router.v3.Routr } }]
#                                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ envoy-filter/value "a.b/envoy.extensions.filters.http.router.v3.Routr" is no type that istiod knows, so it refuses the patch; did you mean "a.b/envoy.extensions.filters.http.router.v3.Router"?
            not_a_field: { typed_config: { "@type": foo.Bar } }
    - applyTo: HTTP_ROUTE
      patch:
        operation: MERGE
        value:
          typed_per_filter_config:
            a: { "@type": our.company.Filter }
#                         ^^^^^^^^^^^^^^^^^^ envoy-filter/value "our.company.Filter" is no type that istiod knows, so it refuses the patch; what is known to an extension alone goes into a TypedStruct
            b: { "@type": type.googleapis.com/envoy.extensions.filters.http.squash.v3.Squash }
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ envoy-filter/value "type.googleapis.com/envoy.extensions.filters.http.squash.v3…" was known to istiod until Istio 1.28, and is refused now
    - applyTo: HTTP_ROUTE
      patch:
        operation: MERGE
        value:
          typed_per_filter_config:
            a: { "@type": type.googleapis.com/envoy.extensions.filters.http.lua.v3.LuaPerRoute }
            b: { "@type": type.googleapis.com/udpa.type.v1.TypedStruct, value: { typed_config: { "@type": foo.Bar } } }
            c: { "@type": type.googleapis.com/io.istio.http.peer_metadata.Config }
            d: { "@type": type.googleapis.com/google.protobuf.Struct, value: { a: b } }
            e: { "@type": type.googleapis.com/istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig }
            f: { "@type": type.googleapis.com/stats.PluginConfig }
            g: { "@type": type.googleapis.com/grpc.health.v1.HealthCheckRequest }
`,
    good: [],
  },
}).forEach(({ name, run }) => void test(name, run));
