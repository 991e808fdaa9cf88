import { deriveList, memoize } from '../mesh/derive';
import { meshFacts } from '../mesh/facts';
import { hostsOverlap, isWildcard, meshGateway, splitNamespacedHost } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { type Origin, sameResource } from '../mesh/origin';
import { isHttp, type Protocol, parseProtocol } from '../mesh/protocols';
import { isServiceVisible, servicesNamed } from '../mesh/registry';
import { virtualServicesFor } from '../mesh/routed-hosts';
import { mergedVirtualService } from '../mesh/virtual-services';
import type { Resource } from '../model/resource';
import { groupByEach } from '../text/collections';
import type { Request } from '../traffic/request';
import type { View } from '../workspace/view';
import { clientNamespaces, gatewayNamespaces, likelyClients } from './clients';
import { type AnyRoute, countsAt, matchedPorts, routeCountsAt, routesOf } from './hops';
import { coversPort } from './read-blocks';

/** A request that the files make people expect: to one host and port, from one namespace. */
export interface Probe {
  readonly request: Request;
  /** The host as written; a wildcard is asked for by one name of its own. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Where the port, or for hosts nobody registered the host, is written. */
  readonly origin: Origin;
}

/** The requests a ServiceEntry lets people expect, from every namespace that is known to make them. */
export function probesOfEntry(view: View, entry: Resource<'ServiceEntry'>): readonly Probe[] {
  return probesFrom(entry, (host, port) => {
    const routed = clientsOfRoutes(view, host, port, clientNamespaces);
    return withHome(view, routed, entry.namespace).filter((it) => knows(view, it, host));
  });
}

/**
 * The same, from namespaces too that nobody names, and from those that see a route for the host and not the host: whoever
 * wrote the route expects their requests.
 */
export function likelyProbesOfEntry(
  view: View,
  { namespace, name }: Resource<'ServiceEntry'>,
): readonly Probe[] {
  // Kept, since several rules follow the same requests.
  return deriveList(view, 'intent/likely-probes', `${namespace}/${name}`, () => {
    const entry = view.find('ServiceEntry', namespace, name);
    return entry ? likelyProbes(view, entry) : [];
  });
}

function likelyProbes(view: View, entry: Resource<'ServiceEntry'>): readonly Probe[] {
  const expected = probesFrom(entry, (host, port) => likelyClientsOf(view, host, port, entry.namespace));
  const imported = probesFrom(entry, (host) => [...new Set(importers(view, host).map((it) => it.namespace))]);
  return [...new Set([...expected, ...imported.flatMap((it) => fromImporters(view, it))])];
}

function likelyClientsOf(view: View, host: string, port: Port, home: string): readonly string[] {
  const routed = clientsOfRoutes(view, host, port, likelyClients);
  return withHome(view, routed, home).filter((it) => it !== home || routed.has(it) || knows(view, it, host));
}

/** Sidecars that import this very host: whoever they are for asks for it. The root namespace's are for everybody. */
function importers(view: View, host: string): readonly Resource<'Sidecar'>[] {
  return view.lookUp(
    'intent/importers',
    host,
    () => {
      const root = meshFacts(view).rootNamespace.value;
      const own = view.all('Sidecar').filter((it) => it.namespace !== root);
      return groupByEach(own, ({ spec }) => [
        ...new Set(
          (spec.egress ?? []).flatMap(({ hosts = [] }) => hosts.map((it) => splitNamespacedHost(it).host)),
        ),
      ]);
    },
    sameResource,
  );
}

function fromImporters(view: View, probe: Probe): readonly Probe[] {
  const { namespace } = probe.request.from;
  return importers(view, probe.host)
    .filter((it) => it.namespace === namespace)
    .map(({ spec }): Probe => {
      const labels = spec.workloadSelector?.labels;
      return labels ? { ...probe, request: { ...probe.request, from: { namespace, labels } } } : probe;
    });
}

function knows(view: View, namespace: string, host: string): boolean {
  return servicesNamed(view, host).some((service) => isServiceVisible(view, service, namespace));
}

interface Port {
  readonly number: number;
  readonly protocol: Protocol;
}

function probesFrom(
  entry: Resource<'ServiceEntry'>,
  clientsOf: (host: string, port: Port) => readonly string[],
): readonly Probe[] {
  return registered(entry).flatMap(({ host, port, probeFrom }) => clientsOf(host, port).map(probeFrom));
}

interface Registered {
  readonly host: string;
  readonly port: Port;
  /** Gives the same probe for the same namespace, so that what is kept for it is found fast. */
  readonly probeFrom: (namespace: string) => Probe;
}

/** Every port of every host of a ServiceEntry. */
const registered = memoize((entry: Resource<'ServiceEntry'>): readonly Registered[] => {
  const { hosts = [], ports = [] } = entry.spec;
  return hosts.flatMap((host) =>
    ports.flatMap(({ number, protocol: written }, index): Registered[] => {
      if (number === undefined) {
        return [];
      }
      const port = { number, protocol: parseProtocol(written) };
      const known = new Map<string, Probe>();
      const probeFrom = (namespace: string): Probe => {
        const probe = known.get(namespace) ?? newProbe(entry, host, port, index, namespace);
        known.set(namespace, probe);
        return probe;
      };
      return [{ host, port, probeFrom }];
    }),
  );
});

function newProbe(
  entry: Resource<'ServiceEntry'>,
  host: string,
  { number, protocol }: Port,
  index: number,
  namespace: string,
): Probe {
  const address = entry.spec.addresses?.[0]?.split('/')[0];
  const scheme = schemeOf(protocol, number);
  const request: Request = {
    from: { namespace },
    scheme,
    host: sampleOf(host),
    port: number,
    ...(scheme === 'http' && { path: '/' }),
    ...(address !== undefined && { address }),
  };
  const origin = { resource: entry, path: ['spec', 'ports', index] };
  return { request, host, port: number, protocol, origin };
}

/** Hosts that are routed and that no object registers: plain HTTP on port 80 is all a sidecar can tell of them. */
export function probesOfUnregistered(
  view: View,
  virtualService: Resource<'VirtualService'>,
): readonly Probe[] {
  return unregistered(view, virtualService, clientNamespaces);
}

/** The same, from namespaces too that nobody names. */
export function likelyProbesOfUnregistered(
  view: View,
  virtualService: Resource<'VirtualService'>,
): readonly Probe[] {
  return unregistered(view, virtualService, likelyClients);
}

function unregistered(
  view: View,
  virtualService: Resource<'VirtualService'>,
  clientsOf: typeof likelyClients,
): readonly Probe[] {
  const merged = mergedVirtualService(view, virtualService);
  if (!merged.gateways.includes(meshGateway)) {
    return [];
  }
  return merged.hosts.flatMap((host, index): Probe[] => {
    if (host === '*' || isRegistered(view, host)) {
      return [];
    }
    const origin = merged.hostOrigins[index]!;
    return clientsOf(view, merged).flatMap((namespace) =>
      portsOfRoutes(merged, host).map(({ number: port, protocol }): Probe => {
        const scheme = schemeOf(protocol, port);
        const request: Request = {
          from: { namespace },
          scheme,
          host: sampleOf(host),
          port,
          ...(scheme === 'http' && { path: '/' }),
        };
        return { request, host, port, protocol, origin };
      }),
    );
  });
}

const plainPort: Port = { number: 80, protocol: 'HTTP' };

/** The ports that routes for a host were written for, as far as they say so. Routes of TCP tell no hosts apart. */
function portsOfRoutes(virtualService: MergedVirtualService, host: string): readonly Port[] {
  const named = routesOf(virtualService)
    .filter((it) => routeCountsAt(virtualService, it, meshGateway) && isForHost(it, host))
    .flatMap((route): Port[] => {
      const isHttpRoute = route.block === 'http';
      const ports = matchedPorts(route, meshGateway) ?? [isHttpRoute ? 80 : 443];
      return ports.map((number) => ({ number, protocol: isHttpRoute ? 'HTTP' : 'TLS' }));
    });
  const isPlain = named.length === 0 || named.some((it) => it.protocol === 'HTTP');
  const all: readonly Port[] = [...(isPlain ? [plainPort] : []), ...named];
  return [...new Map(all.map((it) => [`${it.protocol} ${it.number}`, it])).values()];
}

/** Connections are told apart by the names they say themselves, whatever the hosts of the VirtualService are. */
function isForHost({ block, matches }: AnyRoute, host: string): boolean {
  return block === 'tls'
    ? matches.some(({ match }) => countsAt(match, meshGateway) && match.sniHosts?.includes(host))
    : block === 'http';
}

function isRegistered(view: View, host: string): boolean {
  if (!isWildcard(host)) {
    return servicesNamed(view, host).length > 0 || wildcardEntries(view).some((it) => hostsOverlap(it, host));
  }
  return view.all('ServiceEntry').some((it) => it.spec.hosts?.some((own) => hostsOverlap(own, host)));
}

function wildcardEntries(view: View): readonly string[] {
  return view.derive('intent/wildcard-entries', '', () =>
    view.all('ServiceEntry').flatMap((it) => (it.spec.hosts ?? []).filter(isWildcard)),
  );
}

/** The namespace that registers a host is a client too, unless it is a gateway's and there are others. */
function withHome(view: View, routed: ReadonlySet<string>, home: string): readonly string[] {
  return routed.size === 0 || !gatewayNamespaces(view).has(home)
    ? [...new Set([...routed, home])]
    : [...routed];
}

/** The clients of every route for the port, or else for the host. */
function clientsOfRoutes(
  view: View,
  host: string,
  { number, protocol }: Port,
  clientsOf: typeof likelyClients,
): ReadonlySet<string> {
  const routed = virtualServicesFor(view, host).filter((it) => it.gateways.includes(meshGateway));
  const covering = routed.filter((it) => coversPort(it, number, protocol));
  return new Set((covering.length > 0 ? covering : routed).flatMap((it) => clientsOf(view, it)));
}

export function sampleOf(host: string): string {
  return isWildcard(host) ? `sample${host.slice(1)}` : host;
}

/** How an application would speak to such a port. Web ports are asked with HTTPS, others with bare TLS. */
export function schemeOf(protocol: Protocol, port: number): Request['scheme'] {
  if (isHttp(protocol)) {
    return 'http';
  }
  if (protocol === 'HTTPS' || (protocol === 'TLS' && port === 443)) {
    return 'https';
  }
  return protocol === 'TLS' ? 'tls' : protocol === 'unsupported' ? (port === 443 ? 'https' : 'http') : 'tcp';
}
