import { isSelectedBy } from '../mesh/destination-rules';
import { writtenEndpoints } from '../mesh/endpoint-slices';
import { isIpAddress } from '../mesh/hosts';
import { servicesNamed } from '../mesh/registry';
import { targetPortOf } from '../mesh/resolve-ports';
import type { MeshPort, MeshService } from '../mesh/service';
import { type Pod, podsIn, podsOf } from '../mesh/workloads';
import type { Resource } from '../model/resource';
import type { Labels, WorkloadEntrySpec } from '../model/specs';
import type { View } from '../workspace/view';

/** One address behind a cluster. */
export interface Endpoint {
  /** Absent for pods: their addresses are not in any file. */
  readonly address?: string;
  readonly port: number;
  readonly labels: Labels;
  /** Takes mesh mutual TLS when the proxy may choose. */
  readonly meshTls: boolean;
  readonly pod?: Pod;
}

const tlsModeLabel = 'security.istio.io/tlsMode';

/** What stands behind a port of a service. Objects of one namespace for one host share their endpoints. */
export function endpointsOf(view: View, service: MeshService, port: MeshPort): readonly Endpoint[] {
  if (service.registry === 'kubernetes') {
    const pods = podsOf(view, service).flatMap((pod) => podEndpoint(pod, targetPortOf(port, pod)) ?? []);
    const written = writtenEndpoints(view, service, port).map((it): Endpoint => {
      return { ...it, labels: {}, meshTls: false };
    });
    return [...pods, ...written];
  }
  const all = sourcesOf(view, service).flatMap((it) => entryEndpoints(view, it, port, isDns(service)));
  return isDns(service) ? all : all.filter((it) => it.pod || isReachable(it.address ?? ''));
}

/** What keeps a listener from all addresses of a port: what any object of the namespace for the host has there. */
export function knownOnPort(view: View, service: MeshService, port: MeshPort): readonly Endpoint[] {
  return service.registry === 'kubernetes'
    ? endpointsOf(view, service, port)
    : sourcesOf(view, service).flatMap((it) => entryEndpoints(view, it, port, true));
}

/** Objects of one namespace for one host, each once. */
function sourcesOf(view: View, { hostname, namespace }: MeshService): readonly MeshService[] {
  const sources = servicesNamed(view, hostname).filter(
    (it) => it.registry === 'external' && it.namespace === namespace,
  );
  return [...new Map(sources.map((it) => [it.resource, it])).values()];
}

/** Names are looked up only where the cluster asks DNS. */
function isReachable(address: string): boolean {
  return isIpAddress(address) || address.startsWith('unix://');
}

function podEndpoint(pod: Pod, port: number | undefined): Endpoint | undefined {
  return port === undefined
    ? undefined
    : { port, labels: pod.labels, meshTls: pod.labels[tlsModeLabel] === 'istio', pod };
}

/** The endpoints one ServiceEntry adds. */
function entryEndpoints(
  view: View,
  service: MeshService,
  wanted: MeshPort,
  byNumber: boolean,
): readonly Endpoint[] {
  const port = service.ports.find((it) => (byNumber ? it.number === wanted.number : it.name === wanted.name));
  const resource = service.resource as Resource<'ServiceEntry'>;
  if (!port) {
    return [];
  }
  const { endpoints = [], workloadSelector } = resource.spec;
  if (workloadSelector) {
    const selector = workloadSelector.labels ?? {};
    return [
      ...selectedEntries(view, resource.namespace, selector, isDns(service)).map((it) =>
        toEndpoint(it, port),
      ),
      ...podsIn(view, resource.namespace)
        .filter((pod) => isSelectedBy(selector, pod.labels))
        .flatMap((pod) => podEndpoint(pod, targetPortOf(port, pod)) ?? []),
    ];
  }
  if (endpoints.length === 0 && isDns(service)) {
    return [{ address: service.hostname, port: targetNumber(port), labels: {}, meshTls: false }];
  }
  return endpoints.map((it) => toEndpoint(it, port));
}

function isDns({ resolution }: MeshService): boolean {
  return resolution === 'dns' || resolution === 'dns-round-robin';
}

function targetNumber(port: MeshPort): number {
  return typeof port.targetPort === 'number' ? port.targetPort : port.number;
}

function toEndpoint(entry: WorkloadEntrySpec, port: MeshPort): Endpoint {
  const mode = entry.labels?.[tlsModeLabel];
  return {
    ...(entry.address !== undefined && { address: entry.address }),
    port: entry.ports?.[port.name] || targetNumber(port),
    labels: entry.labels ?? {},
    meshTls: mode === undefined ? Boolean(entry.serviceAccount) : mode === 'istio',
  };
}

/** WorkloadEntries by their labels: their own and those of their metadata. Names need a service resolved by DNS. */
function selectedEntries(
  view: View,
  namespace: string,
  selector: Labels,
  names: boolean,
): readonly WorkloadEntrySpec[] {
  return view
    .allIn('WorkloadEntry', namespace)
    .map((it): WorkloadEntrySpec => {
      return { ...it.spec, labels: { ...it.spec.labels, ...it.labels } };
    })
    .filter((it) => isSelectedBy(selector, it.labels ?? {}))
    .filter((it) => names || isIpAddress(it.address ?? ''));
}
