import { hopsOf, isFromMesh, routesOf } from '../../intent/hops';
import { isWildcard } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { type Origin, sameResource } from '../../mesh/origin';
import { servicesNamed } from '../../mesh/registry';
import { virtualServicesFor } from '../../mesh/routed-hosts';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { View } from '../../workspace/view';
import { isSlip } from '../missing';
import { edit, rule } from '../rule';

export const hostMisspelt = rule({
  name: 'virtual-service/host-misspelt',
  layer: 'traffic',
  severity: 'error',
  summary:
    'A route to the egress gateway is for a host that is spelt otherwise where it leads and is registered.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    const hop = hopsOf(view, virtualService).find(isFromMesh);
    if (!hop) {
      return;
    }
    for (const [index, host] of virtualService.hosts.entries()) {
      const meant = meantHost(view, virtualService, host);
      const origin = virtualService.hostOrigins[index];
      if (meant && origin && sameResource(origin.resource, resource)) {
        const { service } = meant;
        yield {
          path: origin.path,
          message: `Nobody registers "${host}", and this route leads on to "${meant.host}", which no route sends to the gateway "${hop.proxy.id}": one of the two is misspelt`,
          related: [
            { ...meant.origin, message: 'Here it is spelt otherwise' },
            ...(service ? [{ ...service, message: 'This host is registered' }] : []),
          ],
          fixes: [
            edit(
              `Change to "${meant.host}"`,
              resource,
              [{ op: 'set', path: origin.path, value: meant.host }],
              {
                preferred: true,
              },
            ),
          ],
        };
      }
    }
  },
});

/** A registered host that the routes lead to, that is this one but for a slip, and that nobody routes. */
function meantHost(
  view: View,
  virtualService: MergedVirtualService,
  host: string,
): { readonly host: string; readonly origin: Origin; readonly service: Origin | undefined } | undefined {
  if (isWildcard(host) || servicesNamed(view, host).length > 0) {
    return undefined;
  }
  const found = routesOf(virtualService)
    .flatMap((it) => it.destinations)
    .map(({ destination, origin }) => ({ host: destination.host ?? '', origin }))
    .find(
      (it) =>
        isSlip(host, it.host) &&
        servicesNamed(view, it.host).length > 0 &&
        virtualServicesFor(view, it.host).length === 0,
    );
  return found && { ...found, service: servicesNamed(view, found.host)[0]?.origin };
}
