import { routesOf } from '../intent/hops';
import { isSelectedBy } from '../mesh/destination-rules';
import { meshFacts } from '../mesh/facts';
import { gatewayNameLabel } from '../mesh/gateway-api/classes';
import { gatewayProxies } from '../mesh/gateways';
import { hostsOverlap, meshGateway } from '../mesh/hosts';
import { virtualServices } from '../mesh/virtual-services';
import { ownExportTo } from '../mesh/visibility';
import type { Resource } from '../model/resource';
import type { Labels } from '../model/specs';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import { type Capture, captureOfLabels, captureOfTemplate } from './pod-capture';
import { type PodSelector, selectorsIn } from './pod-selectors';
import { type PodTemplate, podTemplates } from './pod-templates';

/** Pods that may be told apart: those of a namespace without labels that matter, or those with certain ones. */
export interface Client {
  readonly namespace: string;
  readonly labels: Labels;
  readonly capture: Capture;
  /** The hosts for which these pods are unlike the others; absent when it may be any. */
  readonly hosts?: readonly string[];
}

/** Stands for every namespace that the files say nothing of. No object can be in it. */
export const anyNamespace = '*';

/** The namespace as requests have it: a name that no object of the files can mean. */
export function requestNamespace({ namespace }: Pick<Client, 'namespace'>): string {
  return namespace === anyNamespace ? 'any other namespace' : namespace;
}

const dataplaneLabel = 'istio.io/dataplane-mode';
const systemNamespaces: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/**
 * The namespaces whose pods make requests as far as the files say. Where gateways or istiod live there are no clients
 * but workloads that are written there, and those of a route that no other namespace sees.
 */
export function clientNames(view: View): readonly string[] {
  return view.derive('audit/client-names', '', () => {
    const named = namesOf(view);
    const gateways = new Set(gatewayHomes(view));
    const root = meshFacts(view).rootNamespace.value;
    const own = new Set([...clientTemplates(view), ...privateRoutes(view)].map((it) => it.namespace));
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

/** Routes for sidecars that nobody sees but the pods beside them. */
function privateRoutes(view: View): readonly Resource<'VirtualService'>[] {
  return meshBound(view).filter(
    ({ namespace, spec: { exportTo = [] } }) =>
      exportTo.length > 0 && exportTo.every((it) => it === '.' || it === namespace),
  );
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
  return view.derive('audit/client-templates', '', () => computeTemplates(view));
}

function templatesIn(view: View, namespace: string): readonly PodTemplate[] {
  return view.lookUp('audit/client-templates-in', namespace, () =>
    groupBy(clientTemplates(view), (it) => it.namespace),
  );
}

function computeTemplates(view: View): readonly PodTemplate[] {
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

/** Each needs a configuration of its own to be computed, and no namespace of people has more. */
export const mostClients = 60;

/** The pods of a namespace that something tells apart, those without labels first. */
export function clientsIn(view: View, namespace: string): readonly Client[] {
  return view.derive('audit/clients', namespace, () => {
    const selectors = selectorsIn(view, namespace);
    const plain = captureOfLabels(view, namespace, {});
    const found = new Map<string, Client>();
    const add = (labels: Labels, capture: Capture): void => {
      const seen = selectors.filter(({ selector }) => selector.matches(labels));
      const key = `${seen.map((it) => it.key).join()} ${labels[dataplaneLabel] ?? ''} ${capture.key}`;
      if (!found.has(key) && found.size < mostClients) {
        const isPlain = capture.key === plain.key && labels[dataplaneLabel] === undefined;
        const hosts = isPlain ? hostsOf(seen) : undefined;
        found.set(key, { namespace, labels, capture, ...(hosts && { hosts }) });
      }
    };
    add({}, plain);
    selectors.forEach(
      ({ selector: { sample } }) => void add(sample, captureOfLabels(view, namespace, sample)),
    );
    for (const it of templatesIn(view, namespace)) {
      add(it.pod.labels ?? {}, captureOfTemplate(view, it));
    }
    return [...found.values()];
  });
}

/** The hosts for which selected pods may be told apart; nothing when it may be any. */
function hostsOf(selectors: readonly PodSelector[]): readonly string[] | undefined {
  return selectors.length > 0 && selectors.every((it) => it.hosts)
    ? selectors.flatMap((it) => it.hosts ?? [])
    : undefined;
}

/** Whether something tells the pods of a client apart when they ask for a host. */
export function concerns({ hosts }: Client, host: string): boolean {
  return hosts?.some((it) => hostsOverlap(it, host)) ?? true;
}
