import { unboundNames } from '../../intent/bindings';
import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { hostsOnHop, type Reception, reception } from '../../intent/reception';
import { routeFromGateway } from '../../intent/second-hop';
import { meshGateway } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { edit, rule } from '../rule';
import { writtenFrom } from './gateway-not-found';

export const noRouteAtGateway = rule({
  name: 'virtual-service/no-route-at-gateway',
  layer: 'traffic',
  severity: 'error',
  summary: 'A VirtualService is bound to the Gateway its requests pass, but none of its routes counts there.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    // A route for a gateway that is not bound was meant to do this, and that is told where it stands.
    if (unboundNames(resource).some(({ gateway }) => gateway !== meshGateway)) {
      return;
    }
    const reported = new Set<string>();
    for (const hop of hopsOf(view, virtualService).filter(isFromMesh)) {
      for (const host of hostsOnHop(hop)) {
        const found = reception(view, hop, host);
        const own =
          found.state === 'no-route' &&
          found.bound.some((it) => sameResource(it.virtualService.resource, resource));
        if (own && !reported.has(host)) {
          reported.add(host);
          yield finding(view, resource, hop, host, found);
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
  { bound }: Extract<Reception, { readonly state: 'no-route' }>,
) {
  const { server } = bound[0]!;
  const name = writtenFrom(resource, server.gateway);
  const { block, value } = routeFromGateway(view, name, server, host);
  return {
    path: [...hop.origin.path, 'host'],
    message: `Requests to "${host}" end at the gateway "${hop.proxy.id}": no route of this VirtualService counts at "${name}"`,
    related: [{ ...server.origin, message: 'This server takes the requests' }],
    fixes: [
      edit(
        `Add a route from "${name}" to "${host}"`,
        resource,
        [{ op: 'insert' as const, path: ['spec', block], value }],
        {
          preferred: true,
        },
      ),
    ],
  };
}
