import { fields, items, text, whole } from '../model/guards';
import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import { deriveList } from './derive';
import { sameResource } from './origin';
import type { MeshPort, MeshService } from './service';

/** An address that someone wrote down for a Service without a selector. */
export interface WrittenEndpoint {
  readonly address: string;
  readonly port: number;
}

const serviceLabel = 'kubernetes.io/service-name';

/** The endpoints that EndpointSlices and Endpoints of the files give a port of a Service. */
export function writtenEndpoints(
  view: View,
  service: MeshService,
  port: MeshPort,
): readonly WrittenEndpoint[] {
  return slicesIn(view, service.namespace)
    .filter((it) => serviceOf(it) === service.name)
    .flatMap((it) => (it.writtenKind === 'Endpoints' ? subsetEndpoints(it, port) : sliceEndpoints(it, port)));
}

function slicesIn(view: View, namespace: string): readonly Resource<'Other'>[] {
  return deriveList(
    view,
    'mesh/endpoint-slices-in',
    namespace,
    () =>
      view
        .allIn('Other', namespace)
        .filter((it) => it.writtenKind === 'EndpointSlice' || it.writtenKind === 'Endpoints'),
    sameResource,
  );
}

function serviceOf(resource: Resource<'Other'>): string | undefined {
  return resource.writtenKind === 'Endpoints' ? resource.name : resource.labels[serviceLabel];
}

/** Endpoints and their ports stand beside `metadata`, so the model keeps them in place of a spec. */
function sliceEndpoints({ spec }: Resource<'Other'>, port: MeshPort): readonly WrittenEndpoint[] {
  const number = numberOf(items(spec.ports), port);
  return number === undefined
    ? []
    : items(spec.endpoints)
        .map(fields)
        .filter((it) => fields(it.conditions).ready !== false)
        .flatMap((it) => items(it.addresses))
        .flatMap((it) => text(it) ?? [])
        .map((address) => ({ address, port: number }));
}

function subsetEndpoints({ spec }: Resource<'Other'>, port: MeshPort): readonly WrittenEndpoint[] {
  return items(spec.subsets)
    .map(fields)
    .flatMap((it) => {
      const number = numberOf(items(it.ports), port);
      return items(it.addresses).flatMap((address) => {
        const ip = text(fields(address).ip);
        return ip !== undefined && number !== undefined ? [{ address: ip, port: number }] : [];
      });
    });
}

function numberOf(ports: readonly unknown[], wanted: MeshPort): number | undefined {
  const own = ports.map(fields).find((it) => (text(it.name) ?? '') === wanted.name);
  return own && whole(own.port);
}
