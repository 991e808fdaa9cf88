import type { Resource } from '../model/resource';
import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';
import { isSelectedBy } from './destination-rules';
import { gatewayNameLabel } from './gateway-api/classes';
import { compareText } from './hosts';
import type { MeshService } from './service';

/** What stands behind a Service: a Pod, a template that makes Pods, or what its selector implies. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly containerPorts: ReadonlyMap<string, number>;
  /** Nothing in it but the proxy, so it is a gateway even when no Gateway selects it. */
  readonly proxyOnly: boolean;
  /** Absent when the files hold no workload for the Service. */
  readonly resource?: Resource<'Workload'>;
}

/**
 * The Pods of a Service. When no workload of the files fits, the Service is taken to have Pods with exactly the
 * labels of its selector; without a selector it has none.
 */
export function podsOf(view: View, service: MeshService): readonly Pod[] {
  const { selector, namespace, registry } = service;
  if (registry !== 'kubernetes' || service.externalName !== undefined || !hasEntries(selector)) {
    return [];
  }
  const found = podsIn(view, namespace).filter((pod) => isSelectedBy(selector, pod.labels));
  return found.length > 0 ? found : [impliedPod(service)];
}

function hasEntries(selector: Labels | undefined): selector is Labels {
  return selector !== undefined && Object.keys(selector).length > 0;
}

function impliedPod({ namespace, name, selector, knownGateway }: MeshService): Pod {
  const proxyOnly = knownGateway !== undefined || selector?.[gatewayNameLabel] !== undefined;
  return { namespace, name, labels: selector ?? {}, containerPorts: new Map(), proxyOnly };
}

/** The Pods of a namespace that the files name, and one for each template they hold no Pod of. */
export function podsIn(view: View, namespace: string): readonly Pod[] {
  return view.derive('mesh/pods-in', namespace, () => {
    const workloads = view.allIn('Workload', namespace);
    const pods = workloads.filter((it) => it.writtenKind === 'Pod');
    const templates = workloads.filter(
      (it) => it.writtenKind !== 'Pod' && !pods.some((pod) => isMadeBy(pod, it)),
    );
    return [...pods, ...templates].map(toPod).sort((a, b) => compareText(a.name, b.name));
  });
}

function isMadeBy(pod: Resource<'Workload'>, template: Resource<'Workload'>): boolean {
  const { selector } = template.spec;
  return selector ? isSelectedBy(selector, pod.spec.labels ?? {}) : pod.name.startsWith(`${template.name}-`);
}

function toPod(resource: Resource<'Workload'>): Pod {
  const { labels = {}, containers = [] } = resource.spec;
  const ports = containers.flatMap((it) => it.ports ?? []);
  return {
    namespace: resource.namespace,
    name: resource.name,
    labels,
    containerPorts: new Map(
      ports.flatMap(({ name, containerPort }) =>
        name !== undefined && containerPort !== undefined ? [[name, containerPort]] : [],
      ),
    ),
    proxyOnly: containers.length > 0 && containers.every((it) => it.name === proxyContainer),
    resource,
  };
}

const proxyContainer = 'istio-proxy';
