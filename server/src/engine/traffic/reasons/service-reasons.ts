import { ageWords } from '../../mesh/age';
import { type Origin, sameResource } from '../../mesh/origin';
import { isHttp, isTls } from '../../mesh/protocols';
import { isServiceVisible, portOf, servicesNamed } from '../../mesh/registry';
import { anyAddress, type MeshPort, type MeshService } from '../../mesh/service';
import { objectName } from '../../model/object-name';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import type { Connection } from '../connection';
import type { MeshProxy } from '../mesh-proxy';
import type { Alternative } from '../request';

/** Other objects that register the host of a cluster, and why the proxy does not follow them. */
export function serviceReasons(
  view: View,
  proxy: MeshProxy,
  hostname: string,
  port: number,
): readonly Alternative[] {
  const chosen = proxy.scope.services.get(hostname);
  const seen = new Set<Resource>();
  return servicesNamed(view, hostname).flatMap((service): Alternative[] => {
    const { resource, origin } = service;
    if (!resource || !origin || seen.has(resource)) {
      return [];
    }
    seen.add(resource);
    const reason = whyNot(view, proxy, service, chosen, port);
    return reason === undefined ? [] : [{ origin: placeOf(service, port) ?? origin, reason }];
  });
}

function placeOf(service: MeshService, port: number): Origin | undefined {
  return portOf(service, port)?.origin;
}

function whyNot(
  view: View,
  proxy: MeshProxy,
  service: MeshService,
  chosen: MeshService | undefined,
  port: number,
): string | undefined {
  const name = objectName(service.resource!);
  if (!isServiceVisible(view, service, proxy.namespace)) {
    return `${name} has this host, but is not exported to namespace "${proxy.namespace}"`;
  }
  if (!chosen) {
    const { sidecar } = proxy.scope;
    return sidecar && `${name} has this host, but ${objectName(sidecar)} does not import it`;
  }
  if (!portOf(chosen, port) && sameResource(chosen.resource, service.resource)) {
    return `${name} has this host, but only with ${portsOf(service)}`;
  }
  const isPart = chosen.ports.some((it) => sameResource(it.origin?.resource, service.resource));
  if (isPart || !chosen.resource) {
    return undefined;
  }
  return `${name} has this host too, but ${objectName(chosen.resource)} ${preference(proxy, chosen, service)}`;
}

function portsOf({ ports }: MeshService): string {
  const numbers = ports.map((it) => it.number);
  return `${numbers.length === 1 ? 'port' : 'ports'} ${numbers.slice(0, 5).join(', ')}`;
}

/** In the order in which Istio asks. */
function preference(proxy: MeshProxy, chosen: MeshService, other: MeshService): string {
  if (
    proxy.type === 'sidecar' &&
    chosen.namespace === proxy.namespace &&
    other.namespace !== chosen.namespace
  ) {
    return 'is of the namespace of the client';
  }
  if (chosen.registry === 'kubernetes' && other.registry !== 'kubernetes') {
    return 'is a Service of the cluster, which comes first';
  }
  return ageWords(chosen, other);
}

/**
 * Why a sidecar does not know the host of a request, seen from every object that registers it. A wildcard that covers
 * the host counts as well.
 */
export function strangerReasons(
  view: View,
  proxy: MeshProxy,
  host: string,
  connection: Connection,
): readonly Alternative[] {
  const parents = host.split('.').map((_, index, all) => `*.${all.slice(index + 1).join('.')}`);
  const names = [host, ...parents.slice(0, -1)];
  return names.flatMap((name): readonly Alternative[] => {
    const own = serviceReasons(view, proxy, name, connection.port);
    const known = proxy.scope.services.get(name);
    const port = known && portOf(known, connection.port);
    const words = port && whyUnfit(known, port, connection);
    return port?.origin && known?.resource && words
      ? [...own, { origin: port.origin, reason: `${objectName(known.resource)} ${words}` }]
      : own;
  });
}

function whyUnfit(
  service: MeshService,
  { protocol, number }: MeshPort,
  connection: Connection,
): string | undefined {
  const { address, layers } = connection;
  if (service.resolution === 'alias') {
    return `only stands for "${service.externalName}", which nobody registered with port ${number}`;
  }
  if (!isHttp(protocol) && service.address !== anyAddress && service.address !== address) {
    const goal =
      address === undefined ? 'nobody knows the address of this one' : `this one goes to ${address}`;
    return `has this host for connections to ${service.address}, and ${goal}`;
  }
  const isSecure = layers.length > 0;
  if (isTls(protocol) !== isSecure && (isTls(protocol) || isHttp(protocol))) {
    return `expects ${protocol} on port ${number}, and this request is ${isSecure ? 'TLS' : 'plain'}`;
  }
  return undefined;
}
