import { text, whole } from '../../model/guards';
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

/** A parent as a route names it, with what is meant where nothing is written. */
export interface ParentReference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port?: number;
  readonly section?: string;
  readonly origin: Origin;
}

export function parentReferences(route: Resource<'Other'>): readonly ParentReference[] {
  return mapsIn(route.spec, 'parentRefs').map((written, index): ParentReference => {
    const port = whole(written.port);
    const section = text(written.sectionName);
    return {
      group: text(written.group) ?? gatewayApiGroup,
      kind: text(written.kind) ?? 'Gateway',
      namespace: text(written.namespace) || route.namespace,
      name: text(written.name) ?? '',
      ...(port && { port }),
      ...(section && { section }),
      origin: { resource: route, path: ['spec', 'parentRefs', index] },
    };
  });
}

/** The parents that take the route, in the order of their names. */
export function parentsOf(view: View, route: Resource<'Other'>): readonly Parent[] {
  const all = parentReferences(route).flatMap((it) => parentsFor(view, route, it));
  return all.sort((a, b) => (a.gateway < b.gateway ? -1 : a.gateway > b.gateway ? 1 : 0));
}

/** What one reference binds a route to. */
export function parentsFor(
  view: View,
  route: Resource<'Other'>,
  reference: ParentReference,
): readonly Parent[] {
  const { port, origin } = reference;
  if (isGatewayReference(reference)) {
    return listenersOf(view, reference)
      .filter((it) => refusalOf(it, route, reference) === undefined)
      .map((listener) => ({ kind: 'listener', gateway: listener.gateway.id, listener, origin }));
  }
  const hosts = meshHosts(view, reference);
  return hosts ? [{ kind: 'mesh', gateway: meshGateway, hosts, ...(port && { port }), origin }] : [];
}

export function isGatewayReference({ group, kind }: ParentReference): boolean {
  return group === gatewayApiGroup && kind === 'Gateway';
}

/** The listeners Istio configures for the Gateway that is named. */
export function listenersOf(view: View, { namespace, name }: ParentReference): readonly ApiListener[] {
  return apiListeners(view).filter(
    ({ resource }) => resource.namespace === namespace && resource.name === name,
  );
}

function meshHosts(
  view: View,
  { group, kind, namespace, name }: ParentReference,
): readonly string[] | undefined {
  if (group === 'networking.istio.io' && kind === 'ServiceEntry') {
    return view.find('ServiceEntry', namespace, name)?.spec.hosts;
  }
  if (group === '' && kind === 'Service') {
    return view.find('Service', namespace, name) && [serviceHostname(name, namespace)];
  }
  return undefined;
}

/** Why a listener does not take a route that names its Gateway, in the order in which Istio asks. */
export type Refusal = 'port' | 'section' | 'hostname' | 'namespace' | 'kind';

export function refusalOf(
  listener: ApiListener,
  route: Resource<'Other'>,
  { port, section }: ParentReference,
): Refusal | undefined {
  if (port && port !== listener.port) {
    return 'port';
  }
  if (section && section !== listener.name) {
    return 'section';
  }
  const written = textsIn(route.spec, 'hostnames');
  const hostnames = written.length > 0 ? written : ['*'];
  const named = listener.gateway.servers[0]!.hosts.map(splitNamespacedHost).filter(({ host }) =>
    hostnames.some((it) => hostsOverlap(host, it)),
  );
  if (named.length === 0) {
    return 'hostname';
  }
  if (!named.some(({ namespace = '*' }) => namespace === '*' || namespace === route.namespace)) {
    return 'namespace';
  }
  return takesKind(listener, route.writtenKind) ? undefined : 'kind';
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
