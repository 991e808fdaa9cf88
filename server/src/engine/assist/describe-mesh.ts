import { memoize } from '../mesh/derive';
import { proxiesOf } from '../mesh/gateways';
import type { MeshGateway } from '../mesh/mesh-gateway';
import type { MeshService } from '../mesh/service';
import { visibilityOf } from '../mesh/visibility';
import type { View } from '../workspace/view';
import { code } from './markdown';

// What things of the mesh are, in one line for lists and in Markdown for hovers. Every name in here was written by
// somebody else, so all of them go through `code`.

function ownerOf({ resource, knownGateway, namespace, name }: MeshService): string {
  if (resource) {
    return `${resource.kind} ${resource.namespace}/${resource.name}`;
  }
  return knownGateway ? `Service ${namespace}/${name}, not in the files` : `${namespace}/${name}`;
}

export const serviceDetail = memoize((service: MeshService): string => {
  const ports = service.ports.map((it) => `${it.number} ${it.protocol}`).join(', ');
  return `${ownerOf(service)}${ports === '' ? '' : `: ${ports}`}`;
});

export function describeService(view: View, service: MeshService): string {
  const ports = service.ports.map(
    (it) => `${code(`${it.number} ${it.protocol}`)}${it.name === '' ? '' : ` (${code(it.name)})`}`,
  );
  return [
    `${code(service.hostname)} is ${service.registry === 'kubernetes' ? 'the name' : 'a host'} of ${code(ownerOf(service))}`,
    ports.length > 0 ? `Ports: ${ports.join(', ')}` : 'It has no ports',
    `Resolution: ${resolutionText[service.resolution]}`,
    `Seen by: ${seenBy(view, service)}`,
  ].join('\n\n');
}

const resolutionText: { readonly [R in MeshService['resolution']]: string } = {
  'client-side': 'the endpoints are known to every proxy',
  dns: 'the proxy asks DNS and uses every address',
  'dns-round-robin': 'the proxy asks DNS and uses one address at a time',
  passthrough: 'the address the client asked for',
  'dynamic-dns': 'the proxy asks DNS for the name in the request',
  alias: 'it stands for another name',
};

function seenBy(view: View, service: MeshService): string {
  if (!service.resource) {
    return 'every namespace';
  }
  const { exportTo, from } = visibilityOf(view, service.resource);
  const text = exportTo.includes('*')
    ? 'every namespace'
    : exportTo.every((it) => it === '~')
      ? 'nobody'
      : exportTo.map((it) => (it === '.' ? code(service.namespace) : code(it))).join(', ');
  return from === 'own' || from === 'default' ? text : `${text}, as the mesh configuration says`;
}

export function gatewayDetail({ id, servers }: MeshGateway): string {
  const ports = servers.flatMap(({ server: { port } }) =>
    port?.number === undefined ? [] : `${port.number} ${port.protocol ?? ''}`.trim(),
  );
  return `Gateway ${id}${ports.length > 0 ? `: ${ports.join(', ')}` : ''}`;
}

export function describeGateway(view: View, gateway: MeshGateway): string {
  const servers = gateway.servers.map(({ server, hosts }) => {
    const port = `${server.port?.number ?? '?'} ${server.port?.protocol ?? ''}`.trim();
    const mode = server.tls?.mode ? `, TLS ${code(server.tls.mode)}` : '';
    return `- ${code(port)}${mode}: ${hosts.map(code).join(', ') || 'no hosts'}`;
  });
  const proxies = proxiesOf(view, gateway);
  const pods = proxies.flatMap(({ pod }) =>
    pod.resource ? [`${pod.resource.writtenKind} ${pod.namespace}/${pod.name}`] : [],
  );
  const runsOn = [...new Set([...proxies.map((it) => ownerOf(it.service)), ...pods])];
  return [
    `${code(`Gateway ${gateway.id}`)}`,
    servers.length > 0 ? servers.join('\n') : 'It has no servers',
    runsOn.length > 0 ? `Runs on: ${runsOn.map(code).join(', ')}` : 'Nothing in this scope runs it',
  ].join('\n\n');
}
