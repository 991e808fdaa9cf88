import { strayGateway } from '../../intent/bindings';
import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { hostsOnHop, reception, servingPorts } from '../../intent/reception';
import { sameResource } from '../../mesh/origin';
import { portOf } from '../../mesh/registry';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { edit, type RuleFix, rule } from '../rule';

export const noServerOnPort = rule({
  name: 'virtual-service/no-server-on-port',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route leads to a port of the egress gateway on which no Gateway has a server.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    for (const hop of hopsOf(view, virtualService).filter(isFromMesh)) {
      const [host = ''] = hostsOnHop(hop);
      const found = reception(view, hop, host);
      const isOwn = sameResource(hop.origin.resource, resource);
      if (!isOwn || found.state !== 'no-server-on-port' || !isExposed(hop) || strayGateway(view, hop, host)) {
        continue;
      }
      const path = [...hop.origin.path, 'port', 'number'];
      const nearby =
        found.servers.find((it) => virtualService.gateways.includes(it.gateway.id)) ?? found.servers[0]!;
      yield {
        path,
        message: `No Gateway has a server on port ${hop.port} of the gateway "${hop.proxy.id}", so requests to "${host}" are refused`,
        related: [
          {
            resource: nearby.origin.resource,
            path: [...nearby.origin.path, 'port'],
            message: 'A server on another port',
          },
        ],
        fixes: servingPorts(view, hop.proxy, host).map(
          (value, index): RuleFix =>
            edit(`Use port ${value}`, resource, [{ op: 'set', path, value }], { preferred: index === 0 }),
        ),
      };
    }
  },
});

/** A port the Service does not have either is another finding. */
function isExposed({ port, proxy }: GatewayHop): boolean {
  return port !== undefined && portOf(proxy.service, port) !== undefined;
}
