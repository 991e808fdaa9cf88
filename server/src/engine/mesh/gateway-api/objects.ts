import { type Fields, fields, items, text } from '../../model/guards';
import { groupOf } from '../../model/kinds';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { deriveList } from '../derive';
import { sameResource } from '../origin';

export const gatewayApiGroup = 'gateway.networking.k8s.io';

/** The objects of a kind of the Gateway API, whatever its version. */
export function gatewayApiObjects(view: View, kind: string): readonly Resource<'Other'>[] {
  return deriveList(
    view,
    'mesh/gateway-api-objects',
    kind,
    () =>
      view.all('Other').filter((it) => it.writtenKind === kind && groupOf(it.apiVersion) === gatewayApiGroup),
    sameResource,
  );
}

/** A list of maps under a name; what is no map is an empty one, so that places are kept. */
export function mapsIn(value: Fields, name: string): readonly Fields[] {
  return items(value[name]).map(fields);
}

export function textsIn(value: Fields, name: string): readonly string[] {
  return items(value[name]).flatMap((it) => text(it) ?? []);
}

const routeKinds: readonly string[] = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'];

/** Whether it is a route of the Gateway API, of a kind that Istio follows. */
export function isApiRoute(resource: Resource<'Other'>): boolean {
  return routeKinds.includes(resource.writtenKind) && groupOf(resource.apiVersion) === gatewayApiGroup;
}

export function apiRoutes(view: View): readonly Resource<'Other'>[] {
  return routeKinds.flatMap((it) => gatewayApiObjects(view, it));
}
