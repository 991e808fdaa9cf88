import type { Effective } from '../mesh/effective-policy';
import { meshFacts } from '../mesh/facts';
import { isIpAddress } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import type { ClientTls } from '../model/specs';
import type { View } from '../workspace/view';
import { type Cluster, isDynamic } from './clusters';
import type { Endpoint } from './endpoints';
import type { MeshProxy } from './mesh-proxy';
import type { TlsLayer } from './request';

/** The TLS a proxy adds when it connects to a cluster. */
export interface UpstreamTls {
  readonly layer?: TlsLayer;
  /** The settings that say so. */
  readonly origin?: Origin;
  /** Set when settings ask for TLS and the proxy ignores them. */
  readonly ignored?: 'credential-without-selector';
}

/** `authority` is the name an HTTP request asks for; it becomes the SNI when no other is written. */
export function upstreamTls(
  view: View,
  proxy: MeshProxy,
  cluster: Cluster,
  endpoint: Endpoint | undefined,
  authority: string | undefined,
): UpstreamTls {
  const settings = cluster.policy.tls;
  if (!settings) {
    return automaticTls(view, cluster, endpoint);
  }
  const { value: tls, origin } = settings;
  switch (tls.mode) {
    case 'SIMPLE':
    case 'MUTUAL':
      return originatedTls(proxy, cluster, settings, authority);
    case 'ISTIO_MUTUAL':
      return { layer: { mode: 'mtls', ...sniField(tls.sni || identitySni(cluster)) }, origin };
    default:
      return { origin };
  }
}

/** Sidecars do not read secrets named by a rule that is for all pods, and then send no TLS at all. */
function originatedTls(
  proxy: MeshProxy,
  cluster: Cluster,
  { value: tls, origin }: Effective<ClientTls>,
  authority: string | undefined,
): UpstreamTls {
  const readsSecret = Boolean(tls.credentialName) && !tls.credentialName!.startsWith(configMapCredential);
  if (readsSecret && proxy.type === 'sidecar' && cluster.rule?.workloadSelector === undefined) {
    return { origin, ignored: 'credential-without-selector' };
  }
  const asked = authority !== undefined && !isIpAddress(authority) ? authority : undefined;
  const mode = tls.mode === 'MUTUAL' ? 'tls+cert' : 'tls';
  return { layer: { mode, ...sniField(tls.sni || asked) }, origin };
}

const configMapCredential = 'configmap://';

/** Mesh mutual TLS by itself: only to pods that say they take it. */
function automaticTls(view: View, cluster: Cluster, endpoint: Endpoint | undefined): UpstreamTls {
  const automatic = !cluster.service.external && endpoint?.meshTls && meshFacts(view).enableAutoMtls.value;
  return automatic ? { layer: { mode: 'mtls', ...sniField(identitySni(cluster)) } } : {};
}

/** What stands for a cluster in a handshake between proxies. */
function identitySni(cluster: Cluster): string | undefined {
  if (isDynamic(cluster.service)) {
    return undefined;
  }
  return `outbound_.${cluster.port.number}_.${cluster.subset?.name ?? ''}_.${cluster.service.hostname}`;
}

function sniField(sni: string | undefined): { readonly sni?: string } {
  return sni ? { sni } : {};
}
