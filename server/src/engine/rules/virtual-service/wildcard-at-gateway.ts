import { type AnyRoute, isForGateways, routesOf } from '../../intent/hops';
import { isSubsetOf, isWildcard } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { type Origin, sameResource } from '../../mesh/origin';
import { portOf, servicesNamed } from '../../mesh/registry';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { edit, type RuleFix, rule } from '../rule';

export const wildcardAtGateway = rule({
  name: 'virtual-service/wildcard-at-gateway',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route leads from a gateway to a wildcard, for which a gateway has no address.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    // On a sidecar a wildcard is well: the application has looked up the address.
    for (const route of routesOf(virtualService).filter((it) => isForGateways(virtualService, it))) {
      for (const { destination, origin } of route.destinations) {
        const host = destination.host ?? '';
        if (isWildcard(host) && sameResource(origin.resource, resource)) {
          yield {
            path: [...origin.path, 'host'],
            message: `A gateway has no address for "${host}", whether or not it is registered, so these requests fail with 503`,
            related: registered(view, host),
            fixes: fixes(view, resource, virtualService, route, { destination, origin }),
          };
        }
      }
    }
  },
});

function registered(view: View, host: string): (Origin & { readonly message: string })[] {
  const services = servicesNamed(view, host).slice(0, 1);
  return services.flatMap(({ origin }) =>
    origin ? [{ ...origin, message: 'Registered here, for sidecars alone' }] : [],
  );
}

/**
 * A route for a name leads on to that name, or to the one it changes it to; of several names, to one no other route leads
 * to.
 */
function fixes(
  view: View,
  resource: Resource,
  virtualService: MergedVirtualService,
  { authority }: AnyRoute,
  { destination, origin }: AnyRoute['destinations'][number],
): RuleFix[] {
  const { host: wildcard = '', port } = destination;
  const hosts = authority === undefined ? virtualService.hosts : [authority];
  const names = hosts.filter((it) => !isWildcard(it) && servicesNamed(view, it).length > 0);
  const led = new Set(
    routesOf(virtualService).flatMap((it) => it.destinations.map(({ destination }) => destination.host)),
  );
  const free = names.filter((it) => !led.has(it));
  const meant = free.length > 0 ? free : names;
  return [...meant.filter((it) => isSubsetOf(it, wildcard)), ...meant]
    .filter((it, index, all) => all.indexOf(it) === index)
    .slice(0, 3)
    .map((host) => {
      const [service] = servicesNamed(view, host);
      const number = port?.number;
      const only = service?.ports.length === 1 ? service.ports[0]!.number : undefined;
      const misses = number !== undefined && service && !portOf(service, number);
      return edit(
        `Lead on to "${host}"`,
        resource,
        [
          { op: 'set', path: [...origin.path, 'host'], value: host },
          ...(misses && only !== undefined
            ? [{ op: 'set' as const, path: [...origin.path, 'port', 'number'], value: only }]
            : []),
        ],
        { preferred: true },
      );
    });
}
