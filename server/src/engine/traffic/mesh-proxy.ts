import { findGatewayProxy, type GatewayProxy } from '../mesh/gateways';
import { gatewayScope, type ProxyScope, sidecarFor, sidecarScope, sidecarsIn } from '../mesh/sidecars';
import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';

/** A sidecar or a gateway, and what istiod tells it. */
export interface MeshProxy {
  /** Equal keys mean the same configuration. */
  readonly key: string;
  readonly name: string;
  readonly type: 'sidecar' | 'gateway';
  readonly namespace: string;
  readonly labels: Labels;
  readonly scope: ProxyScope;
  readonly gateway?: GatewayProxy;
}

export function sidecarProxy(view: View, namespace: string, labels: Labels = {}): MeshProxy {
  const key = `sidecar ${namespace} ${JSON.stringify(Object.entries(labels).sort())}`;
  return view.derive('traffic/sidecar', key, () => {
    return {
      key,
      name: `sidecar ${namespace}`,
      type: 'sidecar' as const,
      namespace,
      labels,
      scope: sidecarScope(view, namespace, labels),
    };
  });
}

/** The gateway behind a cluster-local name, if it is one, as a client of some namespace meets it. */
export function gatewayProxyAt(
  view: View,
  hostname: string,
  clientNamespace?: string,
): MeshProxy | undefined {
  const home = findGatewayProxy(view, hostname)?.namespace;
  const beside = home !== undefined && home === clientNamespace && sidecarsIn(view, home).length === 0;
  const key = `gateway ${hostname}${beside ? ' beside sidecars' : ''}`;
  return view.derive('traffic/gateway', key, () => {
    const gateway = findGatewayProxy(view, hostname);
    return (
      gateway && {
        key,
        name: `gateway ${gateway.id}`,
        type: 'gateway' as const,
        namespace: gateway.namespace,
        labels: gateway.labels,
        scope: scopeOf(view, gateway.namespace, beside),
        gateway,
      }
    );
  });
}

/** What is kept for a proxy outlives it, so it has to ask for the proxy as it is now. */
export function currentProxy(view: View, proxy: MeshProxy): MeshProxy {
  return view.derive<MeshProxy | undefined>(`traffic/${proxy.type}`, proxy.key, () => proxy) ?? proxy;
}

/** Beside sidecars without a Sidecar of their own istiod gives a gateway the scope it made for them. */
function scopeOf(view: View, namespace: string, beside: boolean): ProxyScope {
  const scope = gatewayScope(view, namespace);
  if (!beside || sidecarFor(view, namespace)) {
    return scope;
  }
  return { ...scope, services: sidecarScope(view, namespace).services };
}
