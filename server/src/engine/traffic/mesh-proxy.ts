import { findGatewayProxy, type GatewayProxy } from '../mesh/gateways';
import { gatewayScope, type ProxyScope, sidecarScope } from '../mesh/sidecars';
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

/** The gateway behind a cluster-local name, if it is one. */
export function gatewayProxyAt(view: View, hostname: string): MeshProxy | undefined {
  return view.derive('traffic/gateway', hostname, () => {
    const gateway = findGatewayProxy(view, hostname);
    return (
      gateway && {
        key: `gateway ${hostname}`,
        name: `gateway ${gateway.id}`,
        type: 'gateway' as const,
        namespace: gateway.namespace,
        labels: gateway.labels,
        scope: gatewayScope(view, gateway.namespace),
        gateway,
      }
    );
  });
}
