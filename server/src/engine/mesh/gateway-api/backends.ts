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

function weightOf(reference: Fields): number {
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
    return nowhere;
  }
  const host = hostOf(group, kind, name, namespace, written !== undefined);
  if (host === undefined) {
    return nowhere;
  }
  const port = whole(reference.port);
  return host === 'invalid' || port === undefined ? undefined : { host, port: { number: port } };
}

function hostOf(
  group: string,
  kind: string,
  name: string,
  namespace: string,
  namespaceWritten: boolean,
): string | undefined {
  if (group === '' && kind === 'Service') {
    return name.includes('.') ? 'invalid' : serviceHostname(name, namespace);
  }
  if (group === 'networking.istio.io' && kind === 'Hostname') {
    return namespaceWritten ? 'invalid' : name;
  }
  return undefined;
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
