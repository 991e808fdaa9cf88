import type { Request, TlsLayer } from './request';

/** What travels between two proxies. */
export interface Connection {
  /** What is inside of all TLS. */
  readonly payload: 'http' | 'tcp';
  /** Outermost last. */
  readonly layers: readonly TlsLayer[];
  /** The port the client connects to. */
  readonly port: number;
  /** The address it connects to; absent when nobody can know it. */
  readonly address?: string;
  readonly http: HttpRequest;
}

/** What HTTP routes look at. */
export interface HttpRequest {
  /** The `Host` header or `:authority`. */
  readonly authority: string;
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  readonly scheme: 'http' | 'https';
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
}

export function openConnection(request: Request, address: string | undefined): Connection {
  const { scheme, host, port } = request;
  const secure = scheme === 'https' || scheme === 'tls';
  const headers = Object.entries(request.headers ?? {}).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    value,
  ]);
  const usual = port === (secure ? 443 : 80);
  return {
    payload: scheme === 'http' || scheme === 'https' ? 'http' : 'tcp',
    layers: secure ? [{ mode: 'tls', ...(host && { sni: host }) }] : [],
    port,
    ...(address !== undefined && { address }),
    http: {
      authority: new Map(headers).get('host') ?? (usual ? host : `${host}:${port}`),
      method: request.method ?? 'GET',
      path: request.path ?? '/',
      scheme: secure ? 'https' : 'http',
      headers: new Map(headers),
    },
  };
}

/** The name in the outermost handshake. */
export function sniOf(connection: Connection): string | undefined {
  return connection.layers.at(-1)?.sni;
}

export function withoutPort(authority: string): string {
  return authority.replace(/:\d+$/, '');
}
