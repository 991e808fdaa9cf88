import { strayGateway } from '../../intent/bindings';
import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { hostsOnHop, reception } from '../../intent/reception';
import { blockAt } from '../../intent/second-hop';
import { serverHostsFor } from '../../mesh/gateways';
import { hostsOverlap, splitNamespacedHost } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import type { PlacedServer } from '../../mesh/mesh-gateway';
import { servicesNamed } from '../../mesh/registry';
import { virtualServicesFor } from '../../mesh/routed-hosts';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { asKind, type Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import { isSlip } from '../missing';
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
        const problem = reported.has(host) ? undefined : problemOf(view, virtualService, hop, host);
        if (problem) {
          reported.add(host);
          yield problem;
        }
      }
    }
  },
});

function problemOf(
  view: View,
  virtualService: MergedVirtualService,
  hop: GatewayHop,
  host: string,
): RuleFinding | undefined {
  const found = reception(view, hop, host);
  if (strayGateway(view, hop, host)) {
    return undefined;
  }
  if (found.state === 'host-not-served') {
    return finding(view, virtualService, hop, host, found.servers);
  }
  const refusing = found.state === 'not-bound' ? refusingServer(virtualService, found.servers) : undefined;
  return refusing && refusal(virtualService, hop, host, refusing);
}

function finding(
  view: View,
  virtualService: MergedVirtualService,
  hop: GatewayHop,
  host: string,
  servers: readonly PlacedServer[],
): RuleFinding {
  const own = likeliest(virtualService, servers);
  const names = servers.flatMap((it) => it.hosts.map((written) => splitNamespacedHost(written).host));
  return {
    path: placeOf(virtualService, hop, host),
    message: `No server of the gateway "${hop.proxy.id}" takes "${host}"${hop.port === undefined ? '' : ` on port ${hop.port}`}, so these requests end there`,
    related: [
      {
        resource: own.origin.resource,
        path: [...own.origin.path, 'hosts'],
        message: 'The hosts this server takes',
      },
    ],
    fixes: [...unwritten(view, virtualService, hop, host), ...fixes(own, host, slipOf(view, host, names))],
  };
}

/** What the route says of a host that is no good, where it is well without: another name, or one host too many. */
function unwritten(
  view: View,
  virtualService: MergedVirtualService,
  hop: GatewayHop,
  host: string,
): RuleFix[] {
  const { hosts, hostOrigins } = virtualService;
  const isServed = (it: string): boolean => it !== host && reception(view, hop, it).state === 'received';
  if (!hosts.some(isServed)) {
    return [];
  }
  if (hop.authority === host) {
    const { resource, path } = hop.route;
    const rewrite = fieldsAt(resource, path).rewrite;
    // An empty rewrite is refused.
    const isAll = Object.keys(rewrite ?? {}).length < 2;
    const change = { op: 'remove' as const, path: [...path, 'rewrite', ...(isAll ? [] : ['authority'])] };
    return [edit(`Do not rewrite the host to "${host}"`, resource, [change], { preferred: true })];
  }
  const origin = hostOrigins[hosts.indexOf(host)];
  const isRegistered = (it: string): boolean => servicesNamed(view, it).length > 0;
  return hop.block === 'http' && origin && !isRegistered(host) && hosts.some(isRegistered)
    ? [edit(`Remove "${host}"`, origin.resource, [{ op: 'remove', path: origin.path }], { preferred: true })]
    : [];
}

/** A route as it is written. */
function fieldsAt(resource: Resource, path: Path): { readonly rewrite?: object } {
  const [, , index] = path;
  const { http = [] } = asKind(resource, 'VirtualService')?.spec ?? {};
  return (typeof index === 'number' ? http[index] : undefined) ?? {};
}

/** A server the VirtualService is bound to, which takes the host from another namespace only. */
function refusingServer(
  { gateways, namespace, hosts }: MergedVirtualService,
  servers: readonly PlacedServer[],
): PlacedServer | undefined {
  return servers.find(
    (it) =>
      gateways.includes(it.gateway.id) &&
      !serverHostsFor(it, namespace).some((served) => hosts.some((own) => hostsOverlap(own, served))),
  );
}

function refusal(
  virtualService: MergedVirtualService,
  hop: GatewayHop,
  host: string,
  { server, gateway, origin }: PlacedServer,
): RuleFinding {
  const index = (server.hosts ?? []).findIndex((it) => hostsOverlap(splitNamespacedHost(it).host, host));
  const path = [...origin.path, 'hosts', index];
  const { namespace } = virtualService;
  const value = `${namespace}/${splitNamespacedHost(server.hosts![index]!).host}`;
  return {
    path: placeOf(virtualService, hop, host),
    message: `The server of "${gateway.id}" takes "${host}" as "${server.hosts![index]}", which leaves out VirtualServices of namespace "${namespace}", so these requests end there`,
    related: [{ resource: origin.resource, path, message: 'Here is said whose routes count' }],
    fixes: [edit(`Change to "${value}"`, origin.resource, [{ op: 'set', path, value }], { preferred: true })],
  };
}

function placeOf({ hosts, hostOrigins }: MergedVirtualService, hop: GatewayHop, host: string): Path {
  return hostOrigins[hosts.indexOf(host)]?.path ?? [...hop.origin.path, 'host'];
}

/** A host of a server that is this one misspelt. One that somebody routes or registers is a host of its own. */
function slipOf(view: View, host: string, names: readonly string[]): string | undefined {
  return names.find(
    (it) =>
      isSlip(it, host) && virtualServicesFor(view, it).length === 0 && servicesNamed(view, it).length === 0,
  );
}

/** Of several servers the one whose Gateway the VirtualService is bound to. */
function likeliest({ gateways }: MergedVirtualService, servers: readonly PlacedServer[]): PlacedServer {
  return servers.find((it) => gateways.includes(it.gateway.id)) ?? servers[0]!;
}

function fixes(placed: PlacedServer, host: string, near: string | undefined): RuleFix[] {
  const { server, origin } = placed;
  const hosts = [...origin.path, 'hosts'];
  const written = server.hosts ?? [];
  const slip = near === undefined ? -1 : written.findIndex((it) => splitNamespacedHost(it).host === near);
  if (slip >= 0) {
    const value = `${written[slip]!.slice(0, -near!.length)}${host}`;
    const change = { op: 'set' as const, path: [...hosts, slip], value };
    return [
      edit(`Change the server's host "${near}" to "${host}"`, origin.resource, [change], { preferred: true }),
    ];
  }
  // Below TLS and HTTP hosts cannot be told apart, so a second one would get the way of the first.
  if (blockAt(placed) === 'tcp' && written.length > 0) {
    return [];
  }
  const add = { op: 'insert' as const, path: hosts, value: host };
  return [edit(`Add "${host}" to the server's hosts`, origin.resource, [add], { preferred: true })];
}
