import type { Connection } from './connection';
import type { ServerTlsMode } from './filter-chains';

/** What is left of a connection behind a handshake, or why there is none. */
export function acceptTls(
  mode: ServerTlsMode | undefined,
  connection: Connection,
): { readonly connection: Connection } | { readonly mismatch: string } {
  if (mode === undefined) {
    return { connection };
  }
  const outer = connection.layers.at(-1);
  if (!outer) {
    return { mismatch: 'plaintext sent to a TLS listener' };
  }
  if (mode === 'ISTIO_MUTUAL' && outer.mode !== 'mtls') {
    return { mismatch: 'the listener requires mesh mutual TLS' };
  }
  if (mode !== 'ISTIO_MUTUAL' && outer.mode === 'mtls') {
    return { mismatch: 'mesh mutual TLS sent to a listener with other certificates' };
  }
  if (mode === 'MUTUAL' && outer.mode === 'tls') {
    return { mismatch: 'the listener requires a client certificate' };
  }
  const { http } = connection;
  return {
    connection: { ...connection, layers: connection.layers.slice(0, -1), http: { ...http, scheme: 'https' } },
  };
}
