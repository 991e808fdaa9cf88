import type { Resource } from '../../model/resource';
import type { Labels } from '../../model/specs';
import type { Path } from '../../yaml/node';
import { type KnownAnnotation, knownAnnotations } from './annotation-table';

/** The kinds whose annotations istioctl reads. Of workloads that is Pods and Deployments. */
export const annotatedKinds = ['Namespace', 'Service', 'Workload'] as const;
export type Annotated = Resource<(typeof annotatedKinds)[number]>;

export interface WrittenAnnotation {
  readonly name: string;
  readonly value: string;
  readonly path: Path;
  readonly known?: KnownAnnotation;
  /** Whether it is for objects of this kind. */
  readonly fits: boolean;
}

/** The annotations of Istio that an object has. */
export function annotationsOn({ writtenKind, annotations }: Annotated): readonly WrittenAnnotation[] {
  return ignoredKinds.has(writtenKind) ? [] : readAnnotations(writtenKind, annotations, ['metadata']);
}

/** Those that a template gives its Pods. */
export function templateAnnotations({
  writtenKind,
  spec,
}: Resource<'Workload'>): readonly WrittenAnnotation[] {
  const metadata = ['spec', 'template', 'metadata'];
  return writtenKind === 'Pod' ? [] : readAnnotations('Pod', spec.annotations ?? {}, metadata);
}

function readAnnotations(kind: string, annotations: Labels, metadata: Path): readonly WrittenAnnotation[] {
  return Object.entries(annotations)
    .filter(([name]) => isOfIstio(name) && !writtenByIstio.has(name))
    .map(([name, value]) => {
      const known = knownAnnotations.get(name);
      const fits = known !== undefined && ['Any', kind].some((it) => known.kinds.includes(it));
      return { name, value, path: [...metadata, 'annotations', name], ...(known && { known }), fits };
    });
}

const ignoredKinds: ReadonlySet<string> = new Set(['StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** Left by Istio's own components. */
const writtenByIstio: ReadonlySet<string> = new Set([
  'sidecar.istio.io/status',
  'gateway.istio.io/controller-version',
  'istio.io/rev',
]);

/** The class of an Ingress is of Kubernetes, but Istio documents it. */
function isOfIstio(name: string): boolean {
  return name === 'kubernetes.io/ingress.class' || name.split('/')[0]!.endsWith('istio.io');
}
