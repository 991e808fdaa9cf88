import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { hostsOnHop, reception } from '../../intent/reception';
import { splitNamespacedHost } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { nearest } from '../../text/nearest';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const hostNotServed = rule({
  name: 'virtual-service/host-not-served',
  layer: 'traffic',
  severity: 'error',
  summary: 'A host is sent to the egress gateway, and no server there takes it.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    const reported = new Set<string>();
    for (const hop of hopsOf(view, virtualService).filter(isFromMesh)) {
      for (const host of hostsOnHop(hop)) {
        const found = reception(view, hop, host);
        if (found.state === 'host-not-served' && !reported.has(host)) {
          reported.add(host);
          yield finding(virtualService, hop, host, found.servers);
        }
      }
    }
  },
});

function finding(
  virtualService: MergedVirtualService,
  hop: GatewayHop,
  host: string,
  servers: readonly PlacedServer[],
): RuleFinding {
  const own = likeliest(virtualService, servers);
  const index = virtualService.hosts.indexOf(host);
  const at = index >= 0 ? virtualService.hostOrigins[index]!.path : hop.origin.path;
  const names = servers.flatMap((it) => it.hosts.map((written) => splitNamespacedHost(written).host));
  return {
    path: at,
    message: `No server of the gateway "${hop.proxy.id}" takes "${host}"${hop.port === undefined ? '' : ` on port ${hop.port}`}, so these requests end there`,
    related: [
      {
        resource: own.origin.resource,
        path: [...own.origin.path, 'hosts'],
        message: 'The hosts this server takes',
      },
    ],
    fixes: fixes(own, host, nearest(host, names)),
  };
}

/** Of several servers the one whose Gateway the VirtualService is bound to. */
function likeliest({ gateways }: MergedVirtualService, servers: readonly PlacedServer[]): PlacedServer {
  return servers.find((it) => gateways.includes(it.gateway.id)) ?? servers[0]!;
}

function fixes({ server, origin }: PlacedServer, host: string, near: string | undefined): RuleFix[] {
  const hosts = [...origin.path, 'hosts'];
  const slip =
    near === undefined ? -1 : (server.hosts ?? []).findIndex((it) => splitNamespacedHost(it).host === near);
  const add = edit(
    `Add "${host}" to the server's hosts`,
    origin.resource,
    [{ op: 'insert', path: hosts, value: host }],
    { preferred: slip < 0 },
  );
  if (slip < 0) {
    return [add];
  }
  const prefix = server.hosts![slip]!.slice(0, -near!.length);
  const change = edit(
    `Change the server's host "${near}" to "${host}"`,
    origin.resource,
    [{ op: 'set', path: [...hosts, slip], value: `${prefix}${host}` }],
    { preferred: true },
  );
  return [change, add];
}
