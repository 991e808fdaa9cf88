import { strayGateway } from '../../intent/bindings';
import { type GatewayHop, hopsOf, isFromMesh, routesOf } from '../../intent/hops';
import { hostsOnHop, reception } from '../../intent/reception';
import { routeFromGateway } from '../../intent/second-hop';
import { meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { sameResource } from '../../mesh/origin';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { YamlEdit } from '../../yaml/edit';
import { narrowToMesh } from '../narrow-to-mesh';
import { edit, type RuleFix, rule } from '../rule';
import { writtenFrom } from './gateway-not-found';

export const gatewayNotBound = rule({
  name: 'virtual-service/gateway-not-bound',
  layer: 'traffic',
  severity: 'error',
  summary:
    'A route leads to the egress gateway, but no VirtualService for the host is bound to a Gateway there.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    if (virtualService.hosts.length === 0 || namesUnknownGateway(view, virtualService.gateways)) {
      return;
    }
    const reported = new Set<string>();
    const hops = hopsOf(view, virtualService).filter(isFromMesh);
    for (const hop of hops) {
      for (const host of hostsOnHop(hop)) {
        const found = reception(view, hop, host);
        if (
          found.state !== 'not-bound' ||
          isMeant(virtualService, found.servers) ||
          strayGateway(view, hop, host) ||
          reported.has(host)
        ) {
          continue;
        }
        reported.add(host);
        const gateway = found.servers[0]!.gateway;
        yield {
          ...(resource.spec.gateways
            ? { path: ['spec', 'gateways'], part: 'key' }
            : { path: [...hop.origin.path, 'host'] }),
          message: `Requests to "${host}" reach the gateway "${hop.proxy.id}" and end there: no VirtualService for this host is bound to a Gateway on it, such as "${gateway.id}"`,
          related: [
            ...(resource.spec.gateways
              ? [{ ...hop.origin, message: 'This destination is the gateway' }]
              : []),
            { ...found.servers[0]!.origin, message: 'This server takes the host' },
          ],
          fixes: [bind(view, resource, hops, found.servers[0]!, host)],
        };
      }
    }
  },
});

/** A name that meets nothing is its own finding, and this would only be its consequence. */
function namesUnknownGateway(view: View, gateways: readonly string[]): boolean {
  return gateways.some((it) => {
    const [namespace, name] = it.split('/');
    return it !== meshGateway && !view.find('Gateway', namespace ?? '', name ?? '');
  });
}

/** Where the Gateway is named, why it comes to nothing is told by other rules, at the place that keeps it from it. */
function isMeant(
  { http, tls, tcp, gateways }: MergedVirtualService,
  servers: readonly PlacedServer[],
): boolean {
  const matches = [...http, ...tls, ...tcp].flatMap((it) => it.route.match ?? []);
  const named = new Set([...gateways, ...matches.flatMap((it) => it.gateways ?? [])]);
  return servers.some((it) => named.has(it.gateway.id));
}

function bind(
  view: View,
  resource: Resource<'VirtualService'>,
  hops: readonly GatewayHop[],
  server: PlacedServer,
  host: string,
): RuleFix {
  const name = writtenFrom(resource, server.gateway);
  const gateways: YamlEdit = resource.spec.gateways
    ? { op: 'insert', path: ['spec', 'gateways'], value: name }
    : { op: 'set', path: ['spec', 'gateways'], value: [meshGateway, name] };
  // A hop that is open would count at the gateway too, once the VirtualService is bound there.
  const own = hops.filter((it) => sameResource(it.route.resource, resource));
  const narrowed = own.flatMap((it) => narrowToMesh(it, ({ gateways: named }) => named === undefined));
  const { block, value } = routeFromGateway(view, name, server, host);
  const route: YamlEdit[] = leadsOn(view, resource) ? [] : [{ op: 'insert', path: ['spec', block], value }];
  return edit(`Bind to "${name}"`, resource, [gateways, ...narrowed, ...route], { preferred: true });
}

/** Whether a route is there already that leads elsewhere from all gateways, so that binding alone is enough. */
function leadsOn(view: View, resource: Resource<'VirtualService'>): boolean {
  const virtualService = mergedVirtualService(view, resource);
  const hops = new Set(hopsOf(view, virtualService).map((it) => it.route.path.join()));
  return routesOf(virtualService).some(
    ({ origin, matches }) =>
      !hops.has(origin.path.join()) &&
      (matches.length === 0 || matches.some(({ match }) => match.gateways === undefined)),
  );
}
