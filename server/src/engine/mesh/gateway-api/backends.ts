import { type Fields, text, whole } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { Destination, RouteDestination } from '../../model/specs';
import type { View } from '../../workspace/view';
import { serviceHostname } from '../hosts';
import type { Origin } from '../origin';
import { headersOf } from './filters';
import { gatewayApiGroup, gatewayApiObjects, mapsIn } from './objects';

/** The destinations of a rule, or nothing when one is so wrong that the whole route falls away. */
export interface Backends {
  readonly route: readonly RouteDestination[];
  readonly origins: readonly Origin[];
}

/** No backend has a weight, so there is nowhere to send anything. */
export function isWeightless(rule: Fields): boolean {
  return mapsIn(rule, 'backendRefs').every((it) => weightOf(it) === 0);
}

export function weightOf(reference: Fields): number {
  return whole(reference.weight) ?? 1;
}

export function backendsOf(
  view: View,
  route: Resource<'Other'>,
  rule: Fields,
  at: Origin,
  enforceGrants: boolean,
): Backends | undefined {
  const references = mapsIn(rule, 'backendRefs')
    .map((reference, index) => ({ reference, index }))
    .filter(({ reference }) => weightOf(reference) !== 0);
  const destinations: RouteDestination[] = [];
  for (const { reference } of references) {
    const destination = destinationOf(view, route, reference, enforceGrants);
    if (!destination) {
      return undefined;
    }
    const headers = headersOf(reference);
    const weight = references.length === 1 ? 0 : weightOf(reference);
    destinations.push({ destination, weight, ...(headers && { headers }) });
  }
  const origins = references.map(({ index }): Origin => {
    return { resource: at.resource, path: [...at.path, 'backendRefs', index] };
  });
  return { route: destinations, origins };
}

/** A reference that is not allowed or not understood leads to a host without a name, which no proxy has. */
const nowhere: Destination = { host: '' };

function destinationOf(
  view: View,
  route: Resource<'Other'>,
  reference: Fields,
  enforceGrants: boolean,
): Destination | undefined {
  const backend = readBackend(view, route, reference, enforceGrants);
  if (backend.state === 'resolved') {
    return { host: backend.host, port: { number: backend.port } };
  }
  return backend.state === 'not-granted' || backend.state === 'unsupported' ? nowhere : undefined;
}

/** What a reference to a backend means to Istio. */
export type Backend =
  | { readonly state: 'resolved'; readonly host: string; readonly port: number }
  /** Its namespace does not let routes of this namespace use it: requests fail. */
  | { readonly state: 'not-granted'; readonly namespace: string }
  /** Istio knows no backends of this kind: requests fail. */
  | { readonly state: 'unsupported' }
  /** Wrong in itself, which takes the whole route away. */
  | { readonly state: 'dotted-service' | 'hostname-in-namespace' | 'no-port' };

export function readBackend(
  view: View,
  route: Resource<'Other'>,
  reference: Fields,
  enforceGrants: boolean,
): Backend {
  const group = text(reference.group) ?? '';
  const kind = text(reference.kind) ?? 'Service';
  const name = text(reference.name) ?? '';
  const written = text(reference.namespace);
  const namespace = written || route.namespace;
  if (
    enforceGrants &&
    namespace !== route.namespace &&
    !isGranted(view, route, { group, kind, name, namespace })
  ) {
    return { state: 'not-granted', namespace };
  }
  const isService = group === '' && kind === 'Service';
  if (!isService && !(group === 'networking.istio.io' && kind === 'Hostname')) {
    return { state: 'unsupported' };
  }
  if (isService ? name.includes('.') : written !== undefined) {
    return { state: isService ? 'dotted-service' : 'hostname-in-namespace' };
  }
  const port = whole(reference.port);
  return port === undefined
    ? { state: 'no-port' }
    : { state: 'resolved', host: isService ? serviceHostname(name, namespace) : name, port };
}

/** Whether the namespace of a backend lets routes of this namespace use it. */
function isGranted(
  view: View,
  route: Resource<'Other'>,
  to: { readonly group: string; readonly kind: string; readonly name: string; readonly namespace: string },
): boolean {
  return gatewayApiObjects(view, 'ReferenceGrant')
    .filter((it) => it.namespace === to.namespace)
    .some(
      ({ spec }) =>
        mapsIn(spec, 'from').some(
          (it) =>
            it.group === gatewayApiGroup && it.kind === route.writtenKind && it.namespace === route.namespace,
        ) &&
        mapsIn(spec, 'to').some(
          (it) =>
            (text(it.group) ?? '') === to.group &&
            it.kind === to.kind &&
            (!text(it.name) || it.name === to.name),
        ),
    );
}
