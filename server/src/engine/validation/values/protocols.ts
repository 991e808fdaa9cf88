const http = new Set(['http', 'http2', 'http_proxy', 'grpc', 'grpc-web']);
const tls = new Set(['https', 'tls']);
const tcp = new Set(['tcp', 'https', 'tls', 'mongo', 'redis', 'mysql']);
const dynamic = new Set(['http', 'tls', 'grpc', 'http2']);

export const protocolNames = [
  'HTTP',
  'HTTPS',
  'GRPC',
  'GRPC-WEB',
  'HTTP2',
  'TCP',
  'TLS',
  'MONGO',
  'REDIS',
  'MYSQL',
  'UDP',
  'HTTP_PROXY',
] as const;

/** Whether istiod knows the protocol. Case does not matter. */
export function isProtocol(name: string): boolean {
  const lower = name.toLowerCase();
  return http.has(lower) || tcp.has(lower) || lower === 'udp';
}

export function isHttp(name: string): boolean {
  return http.has(name.toLowerCase());
}

export function isTls(name: string): boolean {
  return tls.has(name.toLowerCase());
}

/** What reaches Envoy as a stream of bytes. */
export function isTcp(name: string): boolean {
  return tcp.has(name.toLowerCase());
}

/** What works with hosts that are resolved at the time of a request. */
export function isDynamic(name: string): boolean {
  return dynamic.has(name.toLowerCase());
}
