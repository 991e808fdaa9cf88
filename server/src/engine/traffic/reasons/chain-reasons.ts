import { hostsOverlap } from '../../mesh/hosts';
import { mergedGateway, type SkippedServer } from '../../mesh/merged-servers';
import { objectName } from '../../model/object-name';
import type { View } from '../../workspace/view';
import type { ChainChoice } from '../choose-chain';
import type { FilterChain, Listener } from '../filter-chains';
import type { MeshProxy } from '../mesh-proxy';
import type { Alternative } from '../request';
import { listed } from './match-words';

/** A listener may have a chain for each of a thousand hosts. */
const most = 3;

/** Filter chains that might have taken a connection, and why they did not. */
export function chainReasons(
  { chains }: Listener,
  taken: ChainChoice,
  sni: string | undefined,
): readonly Alternative[] {
  const name = sni?.toLowerCase() ?? '';
  const others = chains.filter((it) => it !== taken && it.origins.length > 0);
  const covering = others.filter((it) => it.match.sniHosts.some((host) => hostsOverlap(host, name)));
  const told = typeof taken === 'string' && covering.length === 0 ? others : covering;
  return told.slice(0, most).map((chain) => {
    return { origin: chain.origins[0]!, reason: reasonFor(chain, taken, sni, covering.includes(chain)) };
  });
}

function reasonFor(chain: FilterChain, taken: ChainChoice, sni: string | undefined, covers: boolean): string {
  const owner = objectName(chain.origins[0]!.resource);
  const { sniHosts, plainHttp } = chain.match;
  if (taken === 'ambiguous') {
    return `${owner} fits as well as another, and the proxy takes neither`;
  }
  if (covers && typeof taken !== 'string') {
    return `${owner} fits too with ${listed(sniHosts)}, but ${listed(taken.match.sniHosts)} is more specific`;
  }
  const asked =
    sniHosts.length > 0 ? `the server name ${listed(sniHosts)}` : plainHttp ? 'plain HTTP' : 'TCP';
  return `${owner} asks for ${asked}, and the connection has ${sni === undefined ? 'no server name' : `"${sni}"`}`;
}

/** Servers of the Gateways on a proxy that are not there, or listen elsewhere. */
export function serverReasons(
  view: View,
  proxy: MeshProxy,
  port: number,
  isOpen: boolean,
): readonly Alternative[] {
  if (!proxy.gateway) {
    return [];
  }
  const { groups, skipped } = mergedGateway(view, proxy.gateway);
  const dropped = skipped
    .filter((it) => it.port === port)
    .map((it): Alternative => {
      return {
        origin: it.server.origin,
        reason: `A server of ${objectName(it.server.origin.resource)} ${skippedWords(it)}`,
      };
    });
  if (isOpen) {
    return dropped;
  }
  const elsewhere = groups
    .flatMap((it) => it.servers)
    .slice(0, most)
    .map((it): Alternative => {
      const words =
        it.port === port
          ? 'but no route that is bound to it fits, so nothing listens'
          : `which listens on port ${it.port} of the pods`;
      const reason = `${objectName(it.server.origin.resource)} has a server for port ${it.serverPort}, ${words}`;
      return { origin: it.server.origin, reason };
    });
  return [...dropped, ...elsewhere];
}

function skippedWords({ reason, winner, hosts = [] }: SkippedServer): string {
  const other = winner ? objectName(winner.origin.resource) : 'another server';
  switch (reason) {
    case 'duplicate-hosts':
      return `is left out: ${other} has ${hosts.length > 0 ? listed(hosts, 'and') : 'its hosts'} on this port already`;
    case 'protocol-conflict':
      return `is left out: ${other} opened this port with another protocol`;
    case 'no-tls-settings':
      return 'is left out: its protocol needs TLS settings, and it has none';
    case 'same-route-name':
      return `is left out: ${other} has the same port name and number`;
  }
}
