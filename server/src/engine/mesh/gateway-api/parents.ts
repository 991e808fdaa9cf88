import { type Fields, text, whole } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import {
  hostsOverlap,
  isSubsetOf,
  isWildcard,
  meshGateway,
  serviceHostname,
  splitNamespacedHost,
} from '../hosts';
import { type Origin, sameResource } from '../origin';
import { type ApiListener, apiListeners } from './listeners';
import { gatewayApiGroup, mapsIn, textsIn } from './objects';

/** What a route is bound to: the sidecars, for the hosts of a Service or ServiceEntry, or a listener. */
export type Parent =
  | {
      readonly kind: 'mesh';
      readonly gateway: typeof meshGateway;
      readonly hosts: readonly string[];
      readonly port?: number;
      readonly origin: Origin;
    }
  | {
      readonly kind: 'listener';
      readonly gateway: string;
      readonly listener: ApiListener;
      readonly origin: Origin;
    };

/** The parents that take the route, in the order of their names. */
export function parentsOf(view: View, route: Resource<'Other'>): readonly Parent[] {
  const all = mapsIn(route.spec, 'parentRefs').flatMap((reference, index) => {
    const origin: Origin = { resource: route, path: ['spec', 'parentRefs', index] };
    return parentsFor(view, route, reference, origin);
  });
  return all.sort((a, b) => (a.gateway < b.gateway ? -1 : a.gateway > b.gateway ? 1 : 0));
}

function parentsFor(
  view: View,
  route: Resource<'Other'>,
  reference: Fields,
  origin: Origin,
): readonly Parent[] {
  const kind = text(reference.kind) ?? 'Gateway';
  const group = text(reference.group) ?? gatewayApiGroup;
  const namespace = text(reference.namespace) || route.namespace;
  const name = text(reference.name) ?? '';
  const port = whole(reference.port);
  if (group === gatewayApiGroup && kind === 'Gateway') {
    return apiListeners(view)
      .filter((it) => it.resource.namespace === namespace && it.resource.name === name)
      .filter((it) => takes(it, route, reference))
      .map((listener) => ({ kind: 'listener', gateway: listener.gateway.id, listener, origin }));
  }
  const hosts = meshHosts(view, group, kind, namespace, name);
  return hosts ? [{ kind: 'mesh', gateway: meshGateway, hosts, ...(port && { port }), origin }] : [];
}

function meshHosts(
  view: View,
  group: string,
  kind: string,
  namespace: string,
  name: string,
): readonly string[] | undefined {
  if (group === 'networking.istio.io' && kind === 'ServiceEntry') {
    return view.find('ServiceEntry', namespace, name)?.spec.hosts;
  }
  if (group === '' && kind === 'Service') {
    return view.find('Service', namespace, name) && [serviceHostname(name, namespace)];
  }
  return undefined;
}

function takes(listener: ApiListener, route: Resource<'Other'>, reference: Fields): boolean {
  const port = whole(reference.port);
  const section = text(reference.sectionName);
  if ((port && port !== listener.port) || (section && section !== listener.name)) {
    return false;
  }
  const written = textsIn(route.spec, 'hostnames');
  const hostnames = written.length > 0 ? written : ['*'];
  const named = listener.gateway.servers[0]!.hosts.some((entry) => {
    const { namespace = '*', host } = splitNamespacedHost(entry);
    return (
      (namespace === '*' || namespace === route.namespace) && hostnames.some((it) => hostsOverlap(host, it))
    );
  });
  return named && takesKind(listener, route.writtenKind);
}

function takesKind({ protocol, passthrough, kinds }: ApiListener, kind: string): boolean {
  const byProtocol =
    protocol === 'TCP'
      ? ['TCPRoute']
      : protocol === 'TLS'
        ? passthrough
          ? ['TLSRoute']
          : ['TCPRoute', 'TLSRoute']
        : ['HTTPRoute', 'GRPCRoute'];
  return byProtocol.includes(kind) && (kinds.length === 0 || kinds.includes(kind));
}

/** Of several listeners on a port a host belongs to the one whose name is nearest. */
export function isIsolated(view: View, parent: Parent, host: string): boolean {
  if (parent.kind === 'mesh') {
    return true;
  }
  const { listener } = parent;
  const own = listener.hostname;
  if (own !== '' && !isWildcard(own)) {
    return true;
  }
  if (own !== '' && !hostsOverlap(host, own)) {
    return false;
  }
  return !apiListeners(view).some(
    (it) =>
      it !== listener &&
      sameResource(it.resource, listener.resource) &&
      it.port === listener.port &&
      it.protocol === listener.protocol &&
      it.hostname !== own &&
      own.length <= it.hostname.length &&
      isSubsetOf(host, it.hostname),
  );
}
