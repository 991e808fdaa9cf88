import { fields } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { Container, Labels } from '../../model/specs';
import type { View } from '../../workspace/view';
import { seen } from './message';

export const injectionLabel = 'istio-injection';
export const revisionLabel = 'istio.io/rev';
export const dataplaneLabel = 'istio.io/dataplane-mode';
/** A label of Pods, and an older annotation of the same name. */
export const injectName = 'sidecar.istio.io/inject';

type Namespace = Resource<'Namespace'>;

/** istioctl asks nothing of the namespace of the control plane, whatever the mesh calls its root. */
export function isControlPlaneNamespace({ name }: Namespace): boolean {
  return name === 'istio-system';
}

/** The labels of a namespace that each decide about its proxies; one that forbids sidecars leaves the others no say. */
export function decidingLabels({ labels }: Namespace): readonly string[] {
  const injection = labels[injectionLabel];
  const others = injection === undefined || injection === 'enabled' ? [revisionLabel, dataplaneLabel] : [];
  return [injectionLabel, ...others].filter((it) => labels[it] !== undefined);
}

/** Nobody has said whether the Pods of the namespace get a sidecar. */
export function isUndecided(namespace: Namespace): boolean {
  const { labels } = namespace;
  return (
    !isControlPlaneNamespace(namespace) &&
    labels[dataplaneLabel] !== 'ambient' &&
    !labels[injectionLabel] &&
    labels[revisionLabel] === undefined
  );
}

/** Whether istioctl expects a sidecar in every Pod of the namespace. It does not look at revisions here. */
export function expectsSidecars(namespace: Namespace): boolean {
  return (
    !isControlPlaneNamespace(namespace) &&
    namespace.labels[dataplaneLabel] !== 'ambient' &&
    namespace.labels[injectionLabel] === 'enabled'
  );
}

/** Whether the namespace is served without sidecars, as far as its labels say. */
export function isAmbient({ labels }: Namespace): boolean {
  return (
    labels[dataplaneLabel] === 'ambient' && labels[injectionLabel] !== 'enabled' && !labels[revisionLabel]
  );
}

/** Whether the injector's own configuration puts sidecars where no label asks for them. */
export function isInjectedByDefault(view: View): boolean {
  return view.derive('istioctl/injected-by-default', '', () => {
    const injector = seen(view, 'ConfigMap').find((it) => it.name === 'istio-sidecar-injector');
    const values = fields(parsedJson(injector?.spec.data?.values ?? ''));
    return fields(values.sidecarInjectorWebhook).enableNamespacesByDefault === true;
  });
}

/** Nothing for what is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What decides whether istioctl counts a Pod, or what a template makes, as part of the mesh. */
export interface MeshMember {
  readonly namespace: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly containers?: readonly Container[];
}

/** The proxy itself outweighs what is asked of the injector, and a Pod's own word the namespace's. */
export function isInMesh(
  view: View,
  { namespace, labels, annotations, containers = [] }: MeshMember,
): boolean {
  if (containers.find((it) => it.name === proxyContainer)?.image) {
    return true;
  }
  const own = labels?.[injectName] ?? annotations?.[injectName];
  if (own !== undefined) {
    return own === 'true';
  }
  return view.find('Namespace', '', namespace)?.labels[injectionLabel] === 'enabled';
}

export const proxyContainer = 'istio-proxy';
