import { isHttp, parseProtocol } from '../mesh/protocols';
import type { GatewayServer, ServerTls } from '../model/specs';
import { type Flow, speaksTls } from './wish';

export type Block = 'http' | 'tls' | 'tcp';

/** How a server takes connections from sidecars. */
export interface ServerHop {
  /** The block of a VirtualService that Istio reads for it. */
  readonly block: Block;
  /** What the sidecar has to speak: nothing of its own, the mesh's mutual TLS, or something set up by hand. */
  readonly tls: 'plain' | 'mutual' | 'custom';
}

/** What Istio makes of a server's protocol and TLS mode. `undefined` for one it does not serve. */
export function hopOf(server: GatewayServer): ServerHop | undefined {
  const protocol = server.port?.protocol;
  if (isHttp(parseProtocol(protocol))) {
    return { block: 'http', tls: 'plain' };
  }
  if (!speaksTls(protocol)) {
    return protocol === undefined ? undefined : { block: 'tcp', tls: server.tls ? 'custom' : 'plain' };
  }
  const mode = server.tls?.mode ?? 'PASSTHROUGH';
  if (mode === 'PASSTHROUGH') {
    return { block: 'tls', tls: 'plain' };
  }
  if (mode === 'AUTO_PASSTHROUGH') {
    // For names of clusters, which no client of an external host uses.
    return undefined;
  }
  const tls = mode === 'ISTIO_MUTUAL' ? 'mutual' : 'custom';
  return { block: protocol?.toUpperCase() === 'HTTPS' ? 'http' : 'tcp', tls };
}

/** Whether a server passes this flow on, whatever the wish says of the hop. */
export function serves(server: GatewayServer, flow: Flow): boolean {
  const hop = hopOf(server);
  if (flow.block === 'http') {
    return hop?.block === 'http';
  }
  return hop?.block === 'tls' || (hop?.block === 'tcp' && hop.tls === 'mutual');
}

/** The protocol and TLS mode of a server for a flow. */
export function serverFor(
  flow: Flow,
  mutual: boolean,
): { readonly protocol: string; readonly tls?: ServerTls; readonly block: Block } {
  if (flow.block === 'http') {
    return mutual
      ? { protocol: 'HTTPS', tls: { mode: 'ISTIO_MUTUAL' }, block: 'http' }
      : { protocol: plainProtocol(flow.protocol), block: 'http' };
  }
  return mutual
    ? { protocol: 'TLS', tls: { mode: 'ISTIO_MUTUAL' }, block: 'tcp' }
    : { protocol: 'TLS', tls: { mode: 'PASSTHROUGH' }, block: 'tls' };
}

/** Two servers on one port have to be of one family: Istio drops the one it reads second. */
export function family(server: Pick<GatewayServer, 'port'>): 'http' | 'tls' | 'tcp' {
  const protocol = server.port?.protocol;
  return isHttp(parseProtocol(protocol)) ? 'http' : speaksTls(protocol) ? 'tls' : 'tcp';
}

function plainProtocol(protocol: string): string {
  return protocol.toUpperCase() === 'GRPC' ? 'GRPC' : protocol.toUpperCase() === 'HTTP2' ? 'HTTP2' : 'HTTP';
}
