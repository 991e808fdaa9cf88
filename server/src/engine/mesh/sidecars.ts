import type { Resource } from '../model/resource';
import type { Labels, SidecarEgress } from '../model/specs';
import type { View } from '../workspace/view';
import { compareSelectiveFirst } from './age';
import { deriveList } from './derive';
import { isSelectedBy } from './destination-rules';
import { type Fact, meshFacts, type OutboundMode } from './facts';
import {
  type Imports,
  importedNamespaces,
  importsEverything,
  importsService,
  importsVirtualService,
  namedExactly,
  readImports,
} from './imports';
import type { MergedVirtualService } from './merged-virtual-service';
import { type Origin, origin, sameResource } from './origin';
import { parseProtocol } from './protocols';
import {
  chooseNamespaces,
  compareServices,
  isServiceVisible,
  mergeService,
  mergeServices,
  servicesByName,
  servicesNamed,
  servicesVisibleFrom,
  servicesVisibleTo,
} from './registry';
import { destinationsOf, everyPort } from './route-destinations';
import type { MeshPort, MeshService } from './service';
import { meshVirtualServices, meshVirtualServicesFrom } from './virtual-services';

/** What a proxy is told about: its services, and the VirtualServices of each of its outbound listeners. */
export interface ProxyScope {
  /** Names the scope among all of a view: equal keys mean the same scope. */
  readonly key: string;
  readonly type: 'sidecar' | 'gateway';
  readonly namespace: string;
  readonly sidecar?: Resource<'Sidecar'>;
  readonly listeners: readonly EgressListener[];
  /** One for each name: what clusters are made for. */
  readonly services: ReadonlyMap<string, MeshService>;
}

/** An entry under `egress` of a Sidecar, or the one that takes everything when there is none. */
export interface EgressListener {
  /** Absent for a listener that takes every port. */
  readonly port?: NonNullable<SidecarEgress['port']>;
  readonly bind?: string;
  readonly captureMode?: string;
  /** Only services on its own port are let in. */
  readonly matchesPort: boolean;
  /** In order; a host may come several times, once for each address. */
  readonly services: readonly MeshService[];
  readonly virtualServices: readonly MergedVirtualService[];
  /** Lets in all there is to see. */
  readonly everything: boolean;
  readonly origin?: Origin;
}

/** The Sidecar that applies to a pod: of its namespace, selecting ones first, else the root namespace's. */
export function sidecarFor(
  view: View,
  namespace: string,
  labels: Labels = {},
): Resource<'Sidecar'> | undefined {
  const root = meshFacts(view).rootNamespace.value;
  const own = sidecarsIn(view, namespace).find(
    (it) => !it.spec.workloadSelector || isSelectedBy(it.spec.workloadSelector.labels ?? {}, labels),
  );
  return own ?? sidecarsIn(view, root).find((it) => !it.spec.workloadSelector);
}

/** The Sidecars of a namespace in the order in which they are tried. */
export function sidecarsIn(view: View, namespace: string): readonly Resource<'Sidecar'>[] {
  return deriveList(
    view,
    'mesh/sidecars-in',
    namespace,
    () => view.allIn('Sidecar', namespace).toSorted(compareSelectiveFirst),
    sameResource,
  );
}

/** What happens to destinations nobody registered, as the Sidecar or the mesh says. */
export function outboundMode(view: View, scope: Pick<ProxyScope, 'sidecar'>): Fact<OutboundMode> {
  const policy = scope.sidecar?.spec.outboundTrafficPolicy;
  if (!policy) {
    return meshFacts(view).outboundMode;
  }
  // The first word of the list is the one that counts when none is written.
  const value = policy.mode === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY';
  return { value, from: 'object', origin: origin(scope.sidecar!, 'spec', 'outboundTrafficPolicy') };
}

/** The scope of a pod with a sidecar. */
export function sidecarScope(view: View, namespace: string, labels: Labels = {}): ProxyScope {
  const sidecar = sidecarFor(view, namespace, labels);
  const key = `sidecar ${namespace} ${sidecar ? `${sidecar.namespace}/${sidecar.name}` : ''}`;
  return view.derive('mesh/sidecar-scope', key, () => {
    const current = sidecar && view.find('Sidecar', sidecar.namespace, sidecar.name);
    const listeners = egressListeners(view, namespace, current);
    return {
      key,
      type: 'sidecar' as const,
      namespace,
      ...(current && { sidecar: current }),
      listeners,
      services: collectServices(view, namespace, listeners),
    };
  });
}

/** The scope of the pods of a gateway: Sidecars do not touch it. */
export function gatewayScope(view: View, namespace: string): ProxyScope {
  return view.derive('mesh/gateway-scope', namespace, () => {
    return {
      key: `gateway ${namespace}`,
      type: 'gateway' as const,
      namespace,
      listeners: [],
      services: byHostname(mergeServices(servicesVisibleTo(view, namespace))),
    };
  });
}

function byHostname(services: readonly MeshService[]): ReadonlyMap<string, MeshService> {
  return new Map(services.map((it) => [it.hostname, it]));
}

function egressListeners(
  view: View,
  namespace: string,
  sidecar: Resource<'Sidecar'> | undefined,
): readonly EgressListener[] {
  const written = sidecar?.spec.egress ?? [];
  if (written.length === 0) {
    return [toListener(view, namespace, { hosts: ['*/*'] })];
  }
  return written.map((it, index) => {
    return { ...toListener(view, namespace, it), origin: origin(sidecar!, 'spec', 'egress', index) };
  });
}

function toListener(view: View, namespace: string, written: SidecarEgress): EgressListener {
  const imports = readImports(written.hosts ?? [], namespace);
  const { port, bind, captureMode } = written;
  const matchesPort = Boolean(port?.number) && parseProtocol(port?.protocol) !== 'HTTP_PROXY';
  const everything = importsEverything(imports);
  const imported = importedServices(view, namespace, imports);
  const services = matchesPort ? imported.flatMap((it) => onlyPort(it, port!.number!) ?? []) : imported;
  return {
    ...(port && { port }),
    ...(bind && { bind }),
    ...(captureMode !== undefined && { captureMode }),
    matchesPort,
    services: chooseNamespaces(services, namespace),
    virtualServices: everything
      ? meshVirtualServices(view, namespace)
      : importedVirtualServices(view, namespace, imports),
    everything: everything && !matchesPort,
  };
}

function importedVirtualServices(
  view: View,
  namespace: string,
  imports: Imports,
): readonly MergedVirtualService[] {
  const homes = importedNamespaces(imports);
  const candidates = homes
    ? meshVirtualServicesFrom(view, namespace, homes)
    : meshVirtualServices(view, namespace);
  return candidates.filter((it) => importsVirtualService(imports, it));
}

function importedServices(view: View, namespace: string, imports: Imports): readonly MeshService[] {
  if (importsEverything(imports)) {
    return servicesVisibleTo(view, namespace);
  }
  const named = namedExactly(imports);
  const homes = importedNamespaces(imports);
  const candidates = named
    ? exactServices(view, namespace, named)
    : homes
      ? servicesVisibleFrom(view, namespace, homes)
      : servicesVisibleTo(view, namespace);
  return candidates.filter((it) => importsService(imports, it));
}

/** A listener that names every host and its namespace gets the one service each namespace has for the name. */
function exactServices(
  view: View,
  namespace: string,
  named: readonly { readonly namespace: string; readonly host: string }[],
): readonly MeshService[] {
  return named
    .flatMap((it) => bestIn(servicesNamed(view, it.host), it.namespace) ?? [])
    .filter((it) => isServiceVisible(view, it, namespace))
    .sort(compareServices);
}

/** Of several objects of a namespace for one name: the Kubernetes Service, else the oldest. */
function bestIn(named: readonly MeshService[], namespace: string): MeshService | undefined {
  const own = named.filter((it) => it.namespace === namespace);
  return own.find((it) => it.registry === 'kubernetes') ?? own[0];
}

function onlyPort(service: MeshService, number: number): MeshService | undefined {
  return withPorts(service, (port) => port.number === number);
}

function withPorts(service: MeshService, wanted: (port: MeshPort) => boolean): MeshService | undefined {
  const ports = service.ports.filter(wanted);
  if (ports.length === 0) {
    return undefined;
  }
  return ports.length === service.ports.length ? service : { ...service, ports };
}

/** What the listeners import, and what their VirtualServices lead to, which needs no import. */
function collectServices(
  view: View,
  namespace: string,
  listeners: readonly EgressListener[],
): ReadonlyMap<string, MeshService> {
  const services = new Map<string, MeshService>();
  const add = (service: MeshService): void => {
    const known = services.get(service.hostname);
    services.set(service.hostname, known ? mergeService(known, service) : service);
  };
  for (const listener of listeners) {
    listener.services.forEach(add);
    for (const virtualService of listener.virtualServices) {
      for (const [hostname, ports] of destinationsOf(virtualService, namespace)) {
        if (listener.everything && services.has(hostname)) {
          continue;
        }
        const found = inferredService(view, namespace, hostname);
        const service = found && narrowed(found, listener, ports);
        if (service) {
          add(service);
        }
      }
    }
  }
  return services;
}

function narrowed(
  service: MeshService,
  listener: EgressListener,
  ports: ReadonlySet<number>,
): MeshService | undefined {
  if (listener.matchesPort) {
    return onlyPort(service, listener.port!.number!);
  }
  return ports.has(everyPort) ? service : withPorts(service, (port) => ports.has(port.number));
}

/** A name without an import: the namespace's own service, else a Kubernetes Service, else the oldest visible one. */
function inferredService(view: View, namespace: string, hostname: string): MeshService | undefined {
  const named = servicesByName(view).get(hostname) ?? [];
  const own = bestIn(named, namespace);
  if (own || named.length === 0) {
    return own;
  }
  const visible = [...new Set(named.map((it) => it.namespace))]
    .flatMap((it) => bestIn(named, it) ?? [])
    .filter((it) => isServiceVisible(view, it, namespace));
  return visible.find((it) => it.registry === 'kubernetes') ?? visible[0];
}
