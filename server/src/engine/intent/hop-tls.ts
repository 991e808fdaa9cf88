import { type ConsolidatedRule, destinationRule, type RuleSubset, subsetOf } from '../mesh/destination-rules';
import { type Effective, effectivePolicy } from '../mesh/effective-policy';
import type { GatewayProxy } from '../mesh/gateways';
import { isSubsetOf, splitNamespacedHost } from '../mesh/hosts';
import { isPassthrough, isTlsServer } from '../mesh/merged-servers';
import type { PlacedServer } from '../mesh/mesh-gateway';
import { mergedVirtualService, virtualServices } from '../mesh/virtual-services';
import type { ClientTls } from '../model/specs';
import type { View } from '../workspace/view';
import { likelyClients } from './clients';
import { type GatewayHop, hopsOf, isFromMesh } from './hops';
import { hostsOnHop, reception } from './reception';

/** What a sidecar does on its way to a gateway, and what the server there expects, when the two do not fit. */
export interface TlsDisagreement {
  readonly hop: GatewayHop;
  readonly host: string;
  readonly server: PlacedServer;
  readonly reason:
    | 'server-wants-mutual'
    | 'server-wants-tls'
    | 'server-is-plain'
    | 'server-passes-through'
    | 'sni-missing'
    | 'sni-not-served';
  /** What the sidecar does, when some rule says so. */
  readonly client: Effective<ClientTls> | undefined;
  readonly rule: ConsolidatedRule | undefined;
  readonly subset: RuleSubset | undefined;
  /** A namespace whose sidecars do this. */
  readonly namespace: string;
}

/** Where a hop's two sides disagree. Hosts no server takes, and subsets nobody defines, are other findings. */
export function tlsDisagreements(view: View, hop: GatewayHop): readonly TlsDisagreement[] {
  if (!isFromMesh(hop) || hop.port === undefined) {
    return [];
  }
  const found: TlsDisagreement[] = [];
  for (const namespace of likelyClients(view, hop.virtualService)) {
    const rule = destinationRule(view, namespace, hop.proxy.service);
    const subset = hop.destination.subset ? subsetOf(rule, hop.destination.subset) : undefined;
    if (hop.destination.subset && !subset) {
      continue;
    }
    const client = effectivePolicy(rule, subset, hop.port).tls;
    for (const host of hostsOnHop(hop)) {
      const received = reception(view, hop, host);
      const servers =
        'servers' in received &&
        received.state !== 'no-server-on-port' &&
        received.state !== 'host-not-served'
          ? received.servers
          : [];
      const reasons = servers.map((server) => ({ server, reason: disagreement(hop, client?.value, server) }));
      if (reasons.length > 0 && reasons.every((it) => it.reason !== undefined)) {
        const { server, reason } = reasons[0]!;
        found.push({ hop, host, server, reason: reason!, client, rule, subset, namespace });
      }
    }
  }
  return found;
}

/** Every disagreement on the way to one gateway. What one VirtualService adds is kept until that one changes. */
export function tlsDisagreementsInto(view: View, proxy: GatewayProxy): readonly TlsDisagreement[] {
  const { hostname } = proxy.service;
  return view.derive('intent/tls-disagreements-into', hostname, () =>
    virtualServices(view).flatMap(({ namespace, name, resource }) =>
      resource.kind === 'VirtualService' ? disagreementsOf(view, namespace, name, hostname) : [],
    ),
  );
}

function disagreementsOf(
  view: View,
  namespace: string,
  name: string,
  hostname: string,
): readonly TlsDisagreement[] {
  const all = view.derive('intent/tls-disagreements-of', `${namespace}/${name}`, () => {
    const resource = view.find('VirtualService', namespace, name);
    const hops = resource ? hopsOf(view, mergedVirtualService(view, resource)) : [];
    const found = hops.flatMap((hop) => tlsDisagreements(view, hop));
    return found.length > 0 ? found : none;
  });
  return all.length > 0 ? all.filter((it) => it.hop.proxy.service.hostname === hostname) : none;
}

const none: readonly TlsDisagreement[] = [];

function disagreement(
  hop: GatewayHop,
  client: ClientTls | undefined,
  server: PlacedServer,
): TlsDisagreement['reason'] | undefined {
  const mode = client?.mode ?? 'DISABLE';
  if (!isTlsServer(server)) {
    return mode === 'DISABLE' ? undefined : 'server-is-plain';
  }
  if (isPassthrough(server)) {
    return mode === 'ISTIO_MUTUAL' ? 'server-passes-through' : undefined;
  }
  if (server.server.tls?.mode === 'ISTIO_MUTUAL') {
    return mode === 'ISTIO_MUTUAL' ? sniDisagreement(client, server) : 'server-wants-mutual';
  }
  return mode === 'DISABLE' && hop.block !== 'tls' ? 'server-wants-tls' : undefined;
}

/** Without `sni` the sidecar sends the name of its cluster, which no server with names of its own takes. */
function sniDisagreement(
  client: ClientTls | undefined,
  server: PlacedServer,
): TlsDisagreement['reason'] | undefined {
  const served = server.hosts.map((it) => splitNamespacedHost(it).host);
  if (served.includes('*')) {
    return undefined;
  }
  const sni = client?.sni;
  if (!sni) {
    return 'sni-missing';
  }
  return served.some((it) => isSubsetOf(sni, it)) ? undefined : 'sni-not-served';
}
