import { type AnyRoute, countsAt, routesOf } from '../intent/hops';
import { schemeOf } from '../intent/probes';
import { isSubsetOf, isWildcard, kubernetesName, meshGateway } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import type { Origin } from '../mesh/origin';
import { type Protocol, parseProtocol } from '../mesh/protocols';
import { kubernetesService } from '../mesh/service';
import { virtualServices } from '../mesh/virtual-services';
import type { Resource } from '../model/resource';
import type { Request } from '../traffic/request';
import type { View } from '../workspace/view';

/** A host and a port that the files name, and how an application would ask for it. */
export interface Destination {
  /** As written; `*` is any host that nobody registered. */
  readonly host: string;
  /** What `*` is looked up and asked for by; any other wildcard is asked for by a name of its own. */
  readonly sample?: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly scheme: Request['scheme'];
  /** Addresses an application may connect to and blocks of them, where they are written. */
  readonly addresses: readonly string[];
  /** Endpoints behind the host, where they are written as addresses. */
  readonly endpoints: readonly string[];
  /** The port behind the host, where it is known. */
  readonly target?: number;
  /** A Service of the cluster whose addresses lie somewhere else. */
  readonly outside?: true;
  /** Where it is written that there is such a port. */
  readonly origin?: Origin;
}

/** The protocol as people read it. */
export function protocolName({ protocol }: Destination): string {
  return protocol === 'unsupported' ? 'auto' : protocol;
}

/** The name under which routes and services for a destination are found. */
export function nameOf({ host, sample }: Destination): string {
  return sample ?? host;
}

/** Every host and port there is to ask for, each once, in the order of their names. */
export function destinations(view: View): readonly Destination[] {
  return view.derive('audit/destinations', '', () => {
    const all = [
      ...view.all('ServiceEntry').filter(leavesMesh).flatMap(ofEntry),
      ...view.all('Service').flatMap(ofService),
    ];
    const registered = new Registered(all);
    const routed = virtualServices(view).flatMap((it) => ofRoutes(it, registered));
    return distinct([...all, ...routed].flatMap(asUsual)).sort(compare);
  });
}

function compare(a: Destination, b: Destination): number {
  return a.host === b.host ? a.port - b.port : a.host < b.host ? -1 : 1;
}

/** Several objects may register one host; what they agree on is one destination. */
function distinct(all: readonly Destination[]): Destination[] {
  const found = new Map<string, Destination>();
  for (const it of all) {
    const key = `${it.host} ${it.port} ${it.scheme}`;
    const known = found.get(key);
    if (!known) {
      found.set(key, it);
    } else if (it.addresses.some((address) => !known.addresses.includes(address))) {
      found.set(key, { ...known, addresses: [...new Set([...known.addresses, ...it.addresses])] });
    }
  }
  return [...found.values()];
}

/** What applications speak on some ports, whatever an object declares. */
const usualSchemes: ReadonlyMap<number, 'http' | 'https'> = new Map([
  [80, 'http'],
  [8080, 'http'],
  [443, 'https'],
  [8443, 'https'],
]);

/**
 * A sidecar that was told another protocol than applications speak treats their requests like those of strangers. One
 * that was told none looks what they are.
 */
function asUsual(declared: Destination): readonly Destination[] {
  const isSniffed = declared.protocol === 'unsupported';
  const usual = isSniffed ? otherScheme(declared.scheme) : usualSchemes.get(declared.port);
  return usual === undefined || usual === declared.scheme
    ? [declared]
    : [declared, { ...declared, scheme: usual, protocol: usual === 'http' ? 'HTTP' : 'TLS' }];
}

function otherScheme(scheme: Request['scheme']): 'http' | 'https' {
  return scheme === 'http' ? 'https' : 'http';
}

/** Workloads that are declared to be inside are taken to be there; without any the declaration moves nothing. */
export function leavesMesh({ spec }: Resource<'ServiceEntry'>): boolean {
  const workloads = spec.workloadSelector !== undefined || (spec.endpoints ?? []).length > 0;
  return spec.location !== 'MESH_INTERNAL' || !workloads;
}

function ofEntry(entry: Resource<'ServiceEntry'>): readonly Destination[] {
  const { hosts = [], ports = [], addresses = [], endpoints = [] } = entry.spec;
  return hosts.flatMap((host) =>
    ports.flatMap(({ number, protocol, targetPort }, index): Destination[] => {
      if (number === undefined) {
        return [];
      }
      const parsed = parseProtocol(protocol);
      return [
        {
          host,
          port: number,
          protocol: parsed,
          scheme: schemeOf(parsed, number),
          addresses,
          endpoints: endpoints.flatMap((it) => it.address ?? []),
          target: targetPort ?? number,
          origin: { resource: entry, path: ['spec', 'ports', index] },
        },
      ];
    }),
  );
}

/** Services of the cluster that stand for something else: a name, or addresses somebody wrote down. */
function ofService(resource: Resource<'Service'>): readonly Destination[] {
  const { hostname, ports, externalName } = kubernetesService(resource);
  const elsewhere = externalName !== undefined && kubernetesName(externalName) === undefined;
  const byHand = externalName === undefined && Object.keys(resource.spec.selector ?? {}).length === 0;
  if (!elsewhere && !byHand) {
    return [];
  }
  return ports
    .filter((it) => it.protocol !== 'UDP')
    .map(({ number, protocol, origin }): Destination => {
      return {
        host: hostname,
        port: number,
        protocol,
        scheme: schemeOf(protocol, number),
        addresses: [],
        endpoints: [],
        outside: true,
        origin: origin ?? { resource, path: ['spec', 'ports'] },
      };
    });
}

/** Which hosts are registered on which ports. */
class Registered {
  readonly #ports = new Map<string, Set<number>>();
  readonly #wildcards: readonly Destination[];

  constructor(all: readonly Destination[]) {
    for (const { host, port } of all) {
      const known = this.#ports.get(host);
      known ? known.add(port) : this.#ports.set(host, new Set([port]));
    }
    this.#wildcards = all.filter((it) => isWildcard(it.host));
  }

  has(host: string, port: number): boolean {
    return this.#ports.get(host)?.has(port) ?? false;
  }

  /** The wildcards that stand for a name, or for all names of a narrower wildcard. */
  covering(host: string): readonly Destination[] {
    return this.#wildcards.filter((it) => it.host !== host && isSubsetOf(host, it.host));
  }
}

const schemes = { http: 'http', tls: 'https', tcp: 'tcp' } as const;
const usualPorts = { http: 80, tls: 443, tcp: undefined } as const;
const protocols = { http: 'HTTP', tls: 'TLS', tcp: 'TCP' } as const;

/** Ports that routes ask for and that nobody registers: a sidecar may still follow the route, or let the request pass. */
function ofRoutes(virtualService: MergedVirtualService, registered: Registered): readonly Destination[] {
  const { gateways, hosts, hostOrigins } = virtualService;
  if (!gateways.includes(meshGateway)) {
    return [];
  }
  return hosts.flatMap((host, index): Destination[] => {
    if (host === '*' || kubernetesName(host)) {
      return [];
    }
    const covering = registered.covering(host);
    const asked = [
      ...covering,
      ...routesOf(virtualService).flatMap((it) =>
        portsAsked(it).map((port): Omit<Destination, 'host'> => {
          const { block } = it;
          return { port, protocol: protocols[block], scheme: schemes[block], addresses: [], endpoints: [] };
        }),
      ),
    ];
    return asked
      .filter(({ port }) => !registered.has(host, port))
      .filter((it, position) => position < covering.length || !covering.some(({ port }) => port === it.port))
      .map((it) => ({ ...it, host, origin: hostOrigins[index]! }));
  });
}

/** The ports sidecars are asked for by a route, as far as it says or its protocol does. */
function portsAsked({ block, matches }: AnyRoute): readonly number[] {
  const counted = matches.filter(({ match }) => countsAt(match, meshGateway));
  const ports =
    matches.length === 0 ? [usualPorts[block]] : counted.map(({ match }) => match.port ?? usualPorts[block]);
  return ports.filter((it) => it !== undefined);
}
