import { routesOf } from '../intent/hops';
import { isSelectedBy } from '../mesh/destination-rules';
import { meshFacts } from '../mesh/facts';
import { gatewayNameLabel } from '../mesh/gateway-api/classes';
import { gatewayProxies } from '../mesh/gateways';
import { meshGateway } from '../mesh/hosts';
import { virtualServices } from '../mesh/virtual-services';
import { isExportedTo, ownExportTo } from '../mesh/visibility';
import type { Resource } from '../model/resource';
import type { Labels } from '../model/specs';
import type { View } from '../workspace/view';
import { type LabelSelector, labelsSelector } from './label-selector';
import { policiesIn } from './network-policies';
import { type Capture, captureOfLabels, captureOfTemplate } from './pod-capture';
import { type PodTemplate, podTemplates } from './pod-templates';

/** Pods that may be told apart: those of a namespace without labels that matter, or those with certain ones. */
export interface Client {
  readonly namespace: string;
  readonly labels: Labels;
  readonly capture: Capture;
}

/** Stands for every namespace that the files say nothing of. No object can be in it. */
export const anyNamespace = '*';

/** The namespace as requests have it: a name that no object of the files can mean. */
export function requestNamespace({ namespace }: Pick<Client, 'namespace'>): string {
  return namespace === anyNamespace ? 'any other namespace' : namespace;
}

const systemNamespaces: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/**
 * The namespaces whose pods make requests as far as the files say. Where gateways or istiod live there are no clients
 * but the workloads that are written there.
 */
export function clientNames(view: View): readonly string[] {
  return view.derive('audit/client-names', '', () => {
    const named = namesOf(view);
    const gateways = new Set(gatewayHomes(view));
    const root = meshFacts(view).rootNamespace.value;
    const own = new Set(clientTemplates(view).map((it) => it.namespace));
    const clients = [...named].filter(
      (it) => it !== root && !systemNamespaces.has(it) && (!gateways.has(it) || own.has(it)),
    );
    const found = clients.length > 0 ? clients : fallback(view);
    return found.toSorted((a, b) => (a < b ? -1 : 1));
  });
}

/** A gateway that was made for a Gateway of the Gateway API stands among its clients; any other is for others. */
function gatewayHomes(view: View): readonly string[] {
  return gatewayProxies(view)
    .filter((it) => it.service.selector?.[gatewayNameLabel] === undefined)
    .map((it) => it.namespace);
}

/** Only gateways live where the routes are written: those may be for others, whom nobody names. */
function fallback(view: View): readonly string[] {
  const homes = new Set([...view.all('ServiceEntry'), ...meshBound(view)].map((it) => it.namespace));
  homes.delete(meshFacts(view).rootNamespace.value);
  return [...homes, anyNamespace];
}

function meshBound(view: View): readonly Resource<'VirtualService'>[] {
  return view.all('VirtualService').filter((it) => it.spec.gateways?.includes(meshGateway) ?? true);
}

function namesOf(view: View): ReadonlySet<string> {
  const exported = [
    ...view.all('ServiceEntry'),
    ...view.all('VirtualService'),
    ...view.all('DestinationRule'),
  ];
  const matches = virtualServices(view).flatMap((it) => routesOf(it).flatMap((route) => route.matches));
  return new Set([
    ...view.all('Namespace').map((it) => it.name),
    ...clientTemplates(view).map((it) => it.namespace),
    ...[...view.all('Sidecar'), ...exported, ...view.all('Service')].map((it) => it.namespace),
    ...[...exported, ...view.all('Service')]
      .flatMap(ownExportTo)
      .filter((it) => !['*', '.', '~'].includes(it)),
    ...matches.flatMap(({ match }) => match.sourceNamespace ?? []),
  ]);
}

/** Templates of pods that are no gateway. */
function clientTemplates(view: View): readonly PodTemplate[] {
  const gateways = gatewayProxies(view);
  const isGateway = ({ namespace, pod }: PodTemplate): boolean =>
    gateways.some(
      (it) =>
        it.namespace === namespace &&
        it.services.some((service) => isSelectedBy(service.selector ?? {}, pod.labels ?? {})),
    );
  return podTemplates(view).filter((it) => !isGateway(it) && !isOnlyProxy(it));
}

function isOnlyProxy({ pod: { containers = [] } }: PodTemplate): boolean {
  return containers.length > 0 && containers.every((it) => it.name === 'istio-proxy');
}

/** The pods of a namespace that something tells apart, those without labels first. */
export function clientsIn(view: View, namespace: string): readonly Client[] {
  const selectors = selectorsIn(view, namespace);
  const found = new Map<string, Client>();
  const add = (labels: Labels, capture: Capture): void => {
    const seen = selectors.map((it) => (it.matches(labels) ? '1' : '0')).join('');
    const key = `${seen} ${labels['istio.io/dataplane-mode'] ?? ''} ${capture.key}`;
    if (!found.has(key)) {
      found.set(key, { namespace, labels, capture });
    }
  };
  add({}, captureOfLabels(view, namespace, {}));
  selectors.forEach(({ sample }) => void add(sample, captureOfLabels(view, namespace, sample)));
  for (const it of inNamespace(clientTemplates(view), namespace)) {
    add(it.pod.labels ?? {}, captureOfTemplate(view, it));
  }
  return [...found.values()];
}

/** Whatever makes some pods of a namespace different from others. */
function selectorsIn(view: View, namespace: string): readonly LabelSelector[] {
  const plain: readonly Labels[] = [
    ...inNamespace(view.all('Sidecar'), namespace).map((it) => it.spec.workloadSelector?.labels ?? {}),
    ...inNamespace(view.all('DestinationRule'), namespace).map(
      (it) => it.spec.workloadSelector?.matchLabels ?? {},
    ),
    ...sourceLabels(view)
      .filter(
        (it) => (it.namespace ?? namespace) === namespace && isExportedTo(it.exportTo, it.home, namespace),
      )
      .map((it) => it.labels),
  ];
  const distinct = new Map(plain.map((it) => [JSON.stringify(Object.entries(it).sort()), it]));
  return [
    ...[...distinct.values()].filter((it) => Object.keys(it).length > 0).map(labelsSelector),
    ...policiesIn(view, namespace)
      .map((it) => it.pods)
      .filter((it) => it.keys.length > 0),
  ];
}

function inNamespace<T extends { readonly namespace: string }>(
  all: readonly T[],
  namespace: string,
): readonly T[] {
  return all.filter((it) => it.namespace === namespace);
}

interface SourceLabels {
  readonly labels: Labels;
  /** Only pods of this namespace are meant, where a match says so. */
  readonly namespace: string | undefined;
  readonly home: string;
  readonly exportTo: readonly string[];
}

function sourceLabels(view: View): readonly SourceLabels[] {
  return view.derive('audit/source-labels', '', () =>
    virtualServices(view).flatMap((it) =>
      routesOf(it)
        .flatMap((route) => route.matches)
        .flatMap(({ match }): SourceLabels[] => {
          const { sourceLabels: labels = {}, sourceNamespace } = match;
          return Object.keys(labels).length > 0
            ? [{ labels, namespace: sourceNamespace, home: it.namespace, exportTo: it.exportTo }]
            : [];
        }),
    ),
  );
}
