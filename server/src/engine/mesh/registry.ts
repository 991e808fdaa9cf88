import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import { compareCreation } from './age';
import { deriveList } from './derive';
import { meshFacts } from './facts';
import { managedServices } from './gateway-api/managed-services';
import { compareText, kubernetesName } from './hosts';
import { knownGateways } from './installed-gateways';
import { sameResource } from './origin';
import {
  knownGatewayService,
  kubernetesService,
  type MeshPort,
  type MeshService,
  serviceEntryServices,
} from './service';
import { isExportedTo } from './visibility';

/** Every host istiod knows, the oldest first. */
export function allServices(view: View): readonly MeshService[] {
  return deriveList(
    view,
    'mesh/services',
    '',
    () => withAliases(unorderedServices(view).toSorted(compareServices)),
    sameService,
  );
}

function unorderedServices(view: View): MeshService[] {
  return [
    ...view.all('Service').map(kubernetesService),
    ...knownGateways(view).map(knownGatewayService),
    ...managedServices(view),
    ...view.all('ServiceEntry').flatMap(serviceEntryServices),
  ];
}

export function compareServices(a: MeshService, b: MeshService): number {
  return (
    compareCreation(a.creationTimestamp, b.creationTimestamp) ||
    compareText(a.name, b.name) ||
    compareText(a.namespace, b.namespace)
  );
}

function sameService(a: MeshService, b: MeshService): boolean {
  return (
    a === b ||
    (a.resource !== undefined &&
      sameResource(a.resource, b.resource) &&
      a.hostname === b.hostname &&
      a.address === b.address &&
      a.aliases.length + b.aliases.length === 0)
  );
}

/** Gives every service the ExternalName Services that lead to it, through other ones if need be. */
function withAliases(services: readonly MeshService[]): readonly MeshService[] {
  const targets = new Map<string, string>();
  for (const service of services) {
    if (service.resolution === 'alias') {
      targets.set(service.hostname, service.externalName!);
    }
  }
  if (targets.size === 0) {
    return services;
  }
  const aliases = new Map<string, { hostname: string; namespace: string }[]>();
  for (const { resolution, hostname, namespace } of services) {
    const concrete = resolution === 'alias' ? followAliases(hostname, targets) : undefined;
    if (concrete !== undefined) {
      aliases.set(concrete, [...(aliases.get(concrete) ?? []), { hostname, namespace }]);
    }
  }
  return services.map((service) => {
    const own = aliases.get(service.hostname);
    return own ? { ...service, aliases: own } : service;
  });
}

function followAliases(hostname: string, targets: ReadonlyMap<string, string>): string | undefined {
  const seen = new Set<string>();
  let name = hostname;
  for (;;) {
    const next = targets.get(name);
    if (next === undefined) {
      return name;
    }
    if (seen.has(name)) {
      return undefined;
    }
    seen.add(name);
    name = next;
  }
}

export function isServiceVisible(view: View, service: MeshService, namespace: string): boolean {
  const exportTo =
    service.exportTo.length > 0 ? service.exportTo : meshFacts(view).defaultServiceExportTo.value;
  return isExportedTo(exportTo, service.namespace, namespace);
}

/** The services proxies of a namespace may be given, those that are not for everyone first. */
export function servicesVisibleTo(view: View, namespace: string): readonly MeshService[] {
  return deriveList(
    view,
    'mesh/visible-services',
    namespace,
    () => visibleFirst(view, allServices(view), namespace),
    sameService,
  );
}

function visibleFirst(
  view: View,
  services: readonly MeshService[],
  namespace: string,
): readonly MeshService[] {
  const visible = services.filter((it) => isServiceVisible(view, it, namespace));
  const forAll = (it: MeshService): boolean =>
    (it.exportTo.length > 0 ? it.exportTo : meshFacts(view).defaultServiceExportTo.value).includes('*');
  return [...visible.filter((it) => !forAll(it)), ...visible.filter(forAll)];
}

/** The same as far as they live in some namespaces: a Sidecar usually imports from few of many. */
export function servicesVisibleFrom(
  view: View,
  namespace: string,
  homes: readonly string[],
): readonly MeshService[] {
  const living = homes.flatMap((home) =>
    view.lookUp(
      'mesh/services-in',
      home,
      () => groupBy(allServices(view), (it) => it.namespace),
      sameService,
    ),
  );
  return visibleFirst(view, living.sort(compareServices), namespace);
}

/** Every service that has exactly this name, the oldest first, whoever may see it. */
export function servicesNamed(view: View, hostname: string): readonly MeshService[] {
  return deriveList(view, 'mesh/services-named', hostname, () => findNamed(view, hostname), sameService);
}

function findNamed(view: View, hostname: string): readonly MeshService[] {
  const kubernetes = kubernetesName(hostname);
  const resource = kubernetes && view.find('Service', kubernetes.namespace, kubernetes.name);
  const known =
    kubernetes &&
    knownGateways(view).find((it) => it.namespace === kubernetes.namespace && it.name === kubernetes.name);
  return [
    ...(resource ? [kubernetesService(resource)] : []),
    ...(known ? [knownGatewayService(known)] : []),
    ...(kubernetes ? managedServices(view).filter((it) => it.hostname === hostname) : []),
    ...view
      .byHost('ServiceEntry', hostname)
      .flatMap(serviceEntryServices)
      .filter((it) => it.hostname === hostname),
  ].sort(compareServices);
}

/** All services by name: for those who look at all of them anyway. */
export function servicesByName(view: View): ReadonlyMap<string, readonly MeshService[]> {
  return view.derive('mesh/services-by-name', '', () => groupBy(allServices(view), (it) => it.hostname));
}

export type ProxyType = 'sidecar' | 'gateway';

/**
 * The service a proxy of `namespace` means by `hostname`, when no Sidecar narrows its view. A name that several
 * objects claim is decided as Istio does; what it joins is joined.
 */
export function findService(
  view: View,
  namespace: string,
  hostname: string,
  proxy: ProxyType = 'sidecar',
): MeshService | undefined {
  const visible = visibleFirst(view, servicesNamed(view, hostname), namespace);
  const chosen = proxy === 'sidecar' ? chooseNamespaces(visible, namespace) : visible;
  return mergeServices(chosen)[0];
}

/**
 * A sidecar takes each name from one namespace: its own, else that of a Kubernetes Service, else the first one's.
 */
export function chooseNamespaces(
  services: readonly MeshService[],
  namespace: string,
): readonly MeshService[] {
  const chosen = new Map<string, { readonly namespace: string; readonly kubernetes: boolean }>();
  for (const service of services) {
    const known = chosen.get(service.hostname);
    const kubernetes = service.registry === 'kubernetes';
    const prefersKubernetes = known && !known.kubernetes && kubernetes && known.namespace !== namespace;
    if (!known || service.namespace === namespace || prefersKubernetes) {
      chosen.set(service.hostname, { namespace: service.namespace, kubernetes });
    }
  }
  return services.filter((it) => chosen.get(it.hostname)!.namespace === it.namespace);
}

/** One service for each name. Kubernetes comes before all others; of the others the first stays. */
export function mergeServices(services: Iterable<MeshService>): readonly MeshService[] {
  const merged = new Map<string, MeshService>();
  for (const service of services) {
    const known = merged.get(service.hostname);
    merged.set(service.hostname, known ? mergeService(known, service) : service);
  }
  return [...merged.values()];
}

/** Ports are joined only inside a namespace and only when the two resolve alike. */
export function mergeService(known: MeshService, other: MeshService): MeshService {
  if (known.registry !== other.registry) {
    return other.registry === 'kubernetes' ? other : known;
  }
  const mergeable =
    known !== other &&
    known.namespace === other.namespace &&
    known.resolution === other.resolution &&
    sameRecord(known.resource?.labels, other.resource?.labels) &&
    sameRecord(known.selector, other.selector) &&
    sameSet(known.exportTo, other.exportTo);
  const added = mergeable ? other.ports.filter((port) => !portOf(known, port.number)) : [];
  return added.length > 0 ? { ...known, ports: [...known.ports, ...added] } : known;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set([...a, ...b]).size && new Set(b).size === new Set([...a, ...b]).size;
}

function sameRecord(
  a: { readonly [key: string]: string } = {},
  b: { readonly [key: string]: string } = {},
): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

export function portOf(service: MeshService, number: number): MeshPort | undefined {
  return service.ports.find((port) => port.number === number);
}
