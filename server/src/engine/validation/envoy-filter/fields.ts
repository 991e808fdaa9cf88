import { parseDuration } from '../../go/duration';
import { quoted } from '../../schema/words';
import { isRecord, type Part } from '../part';
import type { Report } from '../report';

type FieldType = 'text' | 'flag' | 'duration' | 'whole' | 'message' | 'list';
type Message = { readonly [field: string]: FieldType | Message };

const headers: Message = {
  request_headers_to_add: 'list',
  request_headers_to_remove: 'list',
  response_headers_to_add: 'list',
  response_headers_to_remove: 'list',
};
const extension: Message = { name: 'text', typed_config: 'message', config_discovery: 'message' };

const routeAction: Message = {
  cluster: 'text',
  cluster_header: 'text',
  weighted_clusters: 'message',
  prefix_rewrite: 'text',
  host_rewrite_literal: 'text',
  host_rewrite_header: 'text',
  auto_host_rewrite: 'flag',
  timeout: 'duration',
  idle_timeout: 'duration',
  retry_policy: 'message',
  hash_policy: 'list',
  rate_limits: 'list',
};

/** The fields of Envoy's messages that are met in patches. It is no list of all there are. */
const messages: { readonly [applyTo: string]: Message } = {
  BOOTSTRAP: {
    admin: { access_log_path: 'text', profile_path: 'text', address: 'message' },
    node: 'message',
    static_resources: { listeners: 'list', clusters: 'list', secrets: 'list' },
    stats_config: 'message',
    stats_sinks: 'list',
    stats_flush_interval: 'duration',
    tracing: 'message',
    layered_runtime: 'message',
    overload_manager: 'message',
  },
  CLUSTER: {
    name: 'text',
    alt_stat_name: 'text',
    connect_timeout: 'duration',
    dns_refresh_rate: 'duration',
    cleanup_interval: 'duration',
    respect_dns_ttl: 'flag',
    per_connection_buffer_limit_bytes: 'whole',
    load_assignment: 'message',
    health_checks: 'list',
    circuit_breakers: 'message',
    outlier_detection: 'message',
    transport_socket: extension,
    upstream_connection_options: 'message',
    typed_extension_protocol_options: 'message',
  },
  LISTENER: {
    name: 'text',
    stat_prefix: 'text',
    address: 'message',
    filter_chains: 'list',
    listener_filters: 'list',
    listener_filters_timeout: 'duration',
    continue_on_listener_filters_timeout: 'flag',
    per_connection_buffer_limit_bytes: 'whole',
    access_log: 'list',
    socket_options: 'list',
  },
  FILTER_CHAIN: {
    name: 'text',
    filters: 'list',
    filter_chain_match: 'message',
    transport_socket: extension,
    transport_socket_connect_timeout: 'duration',
  },
  ROUTE_CONFIGURATION: { ...headers, name: 'text', virtual_hosts: 'list', validate_clusters: 'flag' },
  VIRTUAL_HOST: {
    ...headers,
    name: 'text',
    domains: 'list',
    routes: 'list',
    rate_limits: 'list',
    retry_policy: 'message',
    typed_per_filter_config: 'message',
  },
  HTTP_ROUTE: {
    ...headers,
    name: 'text',
    match: { prefix: 'text', path: 'text', safe_regex: 'message', headers: 'list', query_parameters: 'list' },
    route: routeAction,
    redirect: 'message',
    direct_response: 'message',
    typed_per_filter_config: 'message',
  },
  HTTP_FILTER: { ...extension, is_optional: 'flag', disabled: 'flag' },
  NETWORK_FILTER: extension,
  LISTENER_FILTER: { ...extension, filter_disabled: 'message' },
  EXTENSION_CONFIG: extension,
};

export function checkEnvoyFields(value: Part, applyTo: string, report: Report): void {
  const message = messages[applyTo];
  if (message) {
    checkMessage(value, message, report);
  }
}

function checkMessage(value: Part, message: Message, report: Report): void {
  for (const [name, field] of Object.entries(message)) {
    const found = value.get(name) ?? value.get(camelCase(name));
    if (!found) {
      continue;
    }
    const type = typeof field === 'string' ? field : 'message';
    if (!fits(found.value, type)) {
      const what = typeof found.value === 'string' ? ` and ${quoted(found.value)} is none` : '';
      report.value(
        'envoy-filter/value',
        found,
        `Envoy reads ${words[type]} in "${name}"${what && `,${what}`}`,
      );
    } else if (typeof field !== 'string') {
      checkMessage(found, field, report);
    }
  }
}

/** Both spellings are read. */
function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const words: { readonly [type in FieldType]: string } = {
  text: 'a text',
  flag: '"true" or "false"',
  duration: 'a duration such as "1.5s"',
  whole: 'a whole number',
  message: 'a map of fields',
  list: 'a list',
};

function fits(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'duration':
      return typeof value === 'string' && parseDuration(value) !== undefined;
    case 'whole':
      return /^-?\d+$/.test(String(value));
    case 'message':
      return isRecord(value);
    default:
      return Array.isArray(value);
  }
}
