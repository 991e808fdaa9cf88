import { splitNamespacedHost } from '../mesh/hosts';
import { ownExportTo } from '../mesh/visibility';
import { type Kind, type Resource, trafficKinds } from '../model/resource';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';

/** Whether anything but `resource` is in a namespace or speaks of it. */
export function isNamedElsewhere(view: View, namespace: string, resource: Resource): boolean {
  return mentions(view, namespace).some((it) => it.slot !== resource.slot);
}

interface Mention {
  readonly namespace: string;
  readonly slot: Resource['slot'];
}

function mentions(view: View, namespace: string): readonly Mention[] {
  return view.lookUp('intent/namespace-mentions', namespace, () =>
    groupBy(
      kinds.flatMap((kind) =>
        view
          .all(kind)
          .flatMap((it) => [...new Set(namesIn(it))].map((name) => ({ namespace: name, slot: it.slot }))),
      ),
      (it) => it.namespace,
    ),
  );
}

const kinds: readonly Kind[] = [
  ...trafficKinds,
  'WorkloadEntry',
  'Service',
  'Workload',
  'Namespace',
  'ConfigMap',
  'Secret',
  'Other',
];

function namesIn(resource: Resource): readonly string[] {
  switch (resource.kind) {
    case 'Namespace':
      return [resource.name];
    case 'ServiceEntry':
    case 'DestinationRule':
    case 'Service':
      return [resource.namespace, ...ownExportTo(resource)];
    case 'VirtualService':
      return [resource.namespace, ...ownExportTo(resource), ...namesInRoutes(resource)];
    case 'Gateway':
      return [resource.namespace, ...prefixes((resource.spec.servers ?? []).flatMap((it) => it.hosts ?? []))];
    case 'Sidecar':
      return [resource.namespace, ...prefixes((resource.spec.egress ?? []).flatMap((it) => it.hosts ?? []))];
    default:
      return [resource.namespace];
  }
}

function namesInRoutes({ spec }: Resource<'VirtualService'>): readonly string[] {
  const matches = [...(spec.http ?? []), ...(spec.tls ?? []), ...(spec.tcp ?? [])].flatMap(
    (it) => it.match ?? [],
  );
  return [
    ...matches.flatMap((it) => it.sourceNamespace ?? []),
    ...(spec.http ?? []).flatMap((it) => it.delegate?.namespace ?? []),
  ];
}

function prefixes(hosts: readonly string[]): readonly string[] {
  return hosts.flatMap((it) => splitNamespacedHost(it).namespace ?? []);
}
