import { strayGateway } from '../../intent/bindings';
import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { hostsOnHop, reception } from '../../intent/reception';
import type { GatewayProxy } from '../../mesh/gateways';
import type { MeshGateway } from '../../mesh/mesh-gateway';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';
import type { View } from '../../workspace/view';
import { isOnlyAssumed } from '../missing';
import { edit, type RuleFinding, rule } from '../rule';

export const gatewayElsewhere = rule({
  name: 'virtual-service/gateway-elsewhere',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route leads to one gateway, and the Gateway it is bound to selects the pods of another.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    const reported = new Set<string>();
    for (const hop of hopsOf(view, virtualService).filter(isFromMesh)) {
      for (const host of hostsOnHop(hop)) {
        const gateway = strayGateway(view, hop, host);
        if (gateway && !reported.has(gateway.id) && reception(view, hop, host).state !== 'received') {
          reported.add(gateway.id);
          yield finding(view, resource, hop, host, gateway);
        }
      }
    }
  },
});

function finding(
  view: View,
  resource: Resource<'VirtualService'>,
  hop: GatewayHop,
  host: string,
  gateway: MeshGateway,
): RuleFinding {
  const { proxy, virtualService } = hop;
  const selector = { resource: gateway.resource, path: ['spec', 'selector'] };
  const change = { op: 'set' as const, path: selector.path, value: selectorOf(proxy) };
  return {
    path: ['spec', 'gateways', virtualService.gateways.indexOf(gateway.id)],
    message: `Requests to "${host}" are sent to the gateway "${proxy.id}", and "${gateway.id}" is not for its pods (${written(proxy.labels)}), so they end there`,
    ...(isOnlyAssumed(view, proxy.service) && { severity: 'info' as const }),
    related: [
      { ...selector, message: 'The pods this Gateway is for' },
      { ...hop.origin, message: 'This destination is the gateway' },
    ],
    fixes: [
      edit(`Select the pods of "${proxy.id}"`, gateway.resource, [change], {
        preferred: resource.namespace === gateway.namespace,
      }),
    ],
  };
}

/** The one label that Istio's own gateways are told apart by, or all the Service selects them by. */
function selectorOf({ labels, service }: GatewayProxy): Labels {
  return labels.istio === undefined ? (service.selector ?? {}) : { istio: labels.istio };
}

function written(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}
