import type { Condition, Kind, Resource } from '../../model/resource';
import { message } from './message';
import { isA, type OtherKind } from './objects';

const waypoint = ['istio.io/WaypointBound'];
const route = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** Conditions of each kind that mean harm when they are False. */
const harmful: { readonly [K in Kind | OtherKind]?: readonly string[] } = {
  Service: waypoint,
  ServiceEntry: waypoint,
  WorkloadEntry: waypoint,
  AuthorizationPolicy: ['ZtunnelAccepted', 'WaypointAccepted'],
  Gateway: route,
  GRPCRoute: route,
  HTTPRoute: route,
};

export const negativeCondition = message({
  name: 'istioctl/negative-condition',
  istio: 'IST0171',
  severity: 'warning',
  summary: 'The status of an object says that a part of Istio did not take it.',
  on: ['Service', 'ServiceEntry', 'WorkloadEntry', 'Other'],

  *check(resource) {
    for (const condition of resource.conditions ?? []) {
      if (isNegative(resource, condition)) {
        const { type, reason, path } = condition;
        yield {
          path,
          message: `When this was read from the cluster, "${type}" was not met${reason ? `: ${reason}` : ''}`,
        };
      }
    }
  },
});

function isNegative(resource: Resource, { type, status, reason }: Condition): boolean {
  const isNamed = resource.kind !== 'Other' || isA(resource, resource.writtenKind as OtherKind);
  const types = isNamed ? (harmful[resource.writtenKind as OtherKind] ?? []) : [];
  const isPartial =
    resource.writtenKind === 'AuthorizationPolicy' &&
    type === 'WaypointAccepted' &&
    reason === 'PartiallyInvalid';
  return types.includes(type) && (status === 'False' || isPartial);
}
