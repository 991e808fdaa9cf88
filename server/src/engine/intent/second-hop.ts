import { isHttpServer, isPassthrough } from '../mesh/merged-servers';
import type { PlacedServer } from '../mesh/mesh-gateway';
import { isHttpOrSniffed, isTls } from '../mesh/protocols';
import { findService } from '../mesh/registry';
import type { View } from '../workspace/view';
import type { YamlValue } from '../yaml/edit';
import type { RouteBlock } from './hops';

/** The block a gateway reads for a server: what its protocol and TLS mode leave visible of a request. */
export function blockAt(server: PlacedServer): RouteBlock {
  if (isHttpServer(server)) {
    return 'http';
  }
  return isPassthrough(server) ? 'tls' : 'tcp';
}

/** A route that leads from a gateway to the host itself, to be inserted into a VirtualService. */
export function routeFromGateway(
  view: View,
  gatewayName: string,
  server: PlacedServer,
  host: string,
): { readonly block: RouteBlock; readonly value: YamlValue } {
  const block = blockAt(server);
  const match: { [key: string]: YamlValue | undefined } = {
    gateways: [gatewayName],
    port: server.server.port?.number,
    ...(block === 'tls' && { sniHosts: [host] }),
  };
  const destination = destinationBehind(view, server, host);
  return { block, value: { match: [match], route: [{ destination }] } };
}

/** The destination of such a route: the host, on the port that fits the server. */
export function destinationBehind(
  view: View,
  server: PlacedServer,
  host: string,
): { readonly [key: string]: YamlValue } {
  const number = portBehind(view, server, host, blockAt(server));
  return { host, ...(number !== undefined && { port: { number } }) };
}

/** The port of the external host that fits what the gateway forwards. */
function portBehind(view: View, server: PlacedServer, host: string, block: RouteBlock): number | undefined {
  const ports = findService(view, server.gateway.namespace, host, 'gateway')?.ports ?? [];
  const fitting = ports.filter(({ protocol }) =>
    block === 'http' ? isHttpOrSniffed(protocol) : block === 'tls' ? isTls(protocol) : true,
  );
  const same = fitting.find((it) => it.number === server.server.port?.number);
  return (same ?? fitting[0] ?? ports[0])?.number;
}
