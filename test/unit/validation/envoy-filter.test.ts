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
#                                                                            ^^^ envoy-filter/value Envoy reads a whole number of 32 bits without a sign in "perConnectionBufferLimitBytes"
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
  'fields of any depth': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - applyTo: LISTENER
      patch:
        operation: MERGE
        value:
          address: { socket_address: { address: 0.0.0.0, port_value: "15443", protocol: HTTPS } }
#                                                                                       ^^^^^ envoy-filter/value Envoy knows no "HTTPS" for "protocol"; it is "TCP" or "UDP"
          filter_chains:
            - filter_chain_match: { server_names: a.example.com }
#                                                 ^^^^^^^^^^^^^ envoy-filter/value Envoy reads a list in "server_names", and "a.example.com" is none
              transport_socket_connect_timeout: { seconds: 1 }
#                                               ^^^^^^^^^^^^^^ envoy-filter/value Envoy reads a duration such as "1.5s" in "transport_socket_connect_timeout"
    - applyTo: CLUSTER
      patch:
        operation: MERGE
        value:
          type: STRICT_DNSS
#               ^^^^^^^^^^^ envoy-filter/value Envoy knows no "STRICT_DNSS" for "type"; did you mean "STRICT_DNS"?
          typed_extension_protocol_options:
            a: { "@type": type.googleapis.com/google.protobuf.Duration }
#                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ envoy-filter/value What is a "google.protobuf.Duration" stands in a field "value", and there is none
            b: { "@type": type.googleapis.com/google.protobuf.Duration, value: soon }
#                                                                              ^^^^ envoy-filter/value Envoy reads a duration such as "1.5s" in "value", and "soon" is none
          outlier_detection: { consecutive_5xx: many }
#                                               ^^^^ envoy-filter/value Envoy reads a whole number of 32 bits without a sign in "consecutive_5xx", and "many" is none
    - applyTo: CLUSTER
      patch:
        operation: MERGE
        value:
          type: 1
          lbPolicy: LEAST_REQUEST
          connect_timeout: 1.5s
          outlier_detection: { consecutive_5xx: "7", base_ejection_time: 1m30s }
          metadata: { filter_metadata: { istio: { anything: [1, { at: all }] } } }
          typed_extension_protocol_options:
            a: { "@type": type.googleapis.com/google.protobuf.Struct, value: { any: thing } }
`,
    good: [],
  },
  'fields that Envoy does not know': {
    kind: 'EnvoyFilter',
    bad: `spec:
  configPatches:
    - applyTo: CLUSTER
      patch:
        operation: MERGE
        value:
          alt_stat_name: 5
#                        ^ envoy-filter/value Envoy reads a text in "alt_stat_name"
          conect_timeout: 5
#         ^^^^^^^^^^^^^^ envoy-filter/unknown-field Envoy's "Cluster" has no field "conect_timeout", so istiod leaves it out with what is in it; did you mean "connect_timeout"?
          circuit_breakers: { thresholds: [{ maxConnection: 1, priority: HIGH }] }
#                                            ^^^^^^^^^^^^^ envoy-filter/unknown-field Envoy's "CircuitBreakers.Thresholds" has no field "maxConnection", so istiod leaves it out with what is in it; did you mean "maxConnections"?
    - applyTo: LISTENER_FILTER
      patch:
        operation: REMOVE
        value: { name: a }
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
#           ^^^^^^^^^^^ envoy-filter/unknown-field Envoy's "HttpConnectionManager" has no field "not_a_field", so istiod leaves it out with what is in it
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
