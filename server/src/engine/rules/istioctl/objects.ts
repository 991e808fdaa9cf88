import { compareAge } from '../../mesh/age';
import { sameResource } from '../../mesh/origin';
import { haveSameFace } from '../../model/face';
import { groupOf } from '../../model/kinds';
import type { Kind, Resource } from '../../model/resource';
import { groupBy, groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { seen } from './message';

/** Kinds that the model does not name, with the group they belong to. */
const groups = {
  AuthorizationPolicy: 'security.istio.io',
  CustomResourceDefinition: 'apiextensions.k8s.io',
  EnvoyFilter: 'networking.istio.io',
  Gateway: 'gateway.networking.k8s.io',
  GRPCRoute: 'gateway.networking.k8s.io',
  HTTPRoute: 'gateway.networking.k8s.io',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io',
  ProxyConfig: 'networking.istio.io',
  RequestAuthentication: 'security.istio.io',
  Telemetry: 'telemetry.istio.io',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io',
  WasmPlugin: 'extensions.istio.io',
} as const;

export type OtherKind = keyof typeof groups;

export function isA({ apiVersion, writtenKind }: Resource<'Other'>, ...kinds: readonly OtherKind[]): boolean {
  return kinds.some((it) => it === writtenKind && groups[it] === groupOf(apiVersion));
}

/** The objects of a kind in a namespace that istioctl looks at, the oldest first. */
export function inNamespace<K extends Exclude<Kind, 'Other'>>(
  view: View,
  kind: K,
  namespace: string,
): readonly Resource<K>[] {
  const build = (): ReadonlyMap<string, readonly Resource<K>[]> =>
    groupBy(seen(view, kind).toSorted(compareAge), (it) => it.namespace);
  return view.lookUp(`istioctl/in-namespace ${kind}`, namespace, build, haveSameFace);
}

/** The same for kinds that the model does not name; without a namespace, those of all. */
export function othersIn(view: View, kind: OtherKind, namespace = '*'): readonly Resource<'Other'>[] {
  return view.lookUp(
    'istioctl/others',
    `${kind} ${namespace}`,
    () =>
      groupByEach(
        seen(view, 'Other')
          .filter((it) => isA(it, it.writtenKind as OtherKind))
          .toSorted(compareAge),
        (it) => [`${it.writtenKind} ${it.namespace}`, `${it.writtenKind} *`],
      ),
    sameResource,
  );
}
