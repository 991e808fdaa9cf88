import { hopsOf, isFromMesh } from '../../intent/hops';
import { hostsOnHop, reception, serversOnPort } from '../../intent/reception';
import { hostsOverlap, splitNamespacedHost } from '../../mesh/hosts';
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
      // A port the Service does not have either is another finding.
      if (
        found.state !== 'no-server-on-port' ||
        hop.port === undefined ||
        !portOf(hop.proxy.service, hop.port)
      ) {
        continue;
      }
      if (!sameResource(hop.origin.resource, resource)) {
        continue;
      }
      const path = [...hop.origin.path, 'port', 'number'];
      const serving = hop.proxy.service.ports.filter((port) =>
        serversOnPort(view, hop.proxy, port.number).some((server) =>
          server.hosts.some((it) => hostsOverlap(splitNamespacedHost(it).host, host)),
        ),
      );
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
        fixes: serving.map(
          (port, index): RuleFix =>
            edit(`Use port ${port.number}`, resource, [{ op: 'set', path, value: port.number }], {
              preferred: index === 0,
            }),
        ),
      };
    }
  },
});
