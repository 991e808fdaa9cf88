import type { Resource } from '../model/resource';
import type { KnownGateway } from '../workspace/view';
import { memoize } from './derive';
import { isIpAddress, serviceHostname } from './hosts';
import type { Origin } from './origin';
import { kubernetesProtocol, type Protocol, parseProtocol } from './protocols';
import { ownExportTo } from './visibility';

/** How the endpoints of a service are found. `client-side` is STATIC and every Kubernetes Service with a selector. */
export type Resolution = 'client-side' | 'dns' | 'dns-round-robin' | 'passthrough' | 'dynamic-dns' | 'alias';

/**
 * A host as istiod's registry knows it: a Kubernetes Service, or one host of a ServiceEntry. A ServiceEntry makes
 * one of these for every host and every address, all with the same ports.
 */
export interface MeshService {
  readonly hostname: string;
  readonly namespace: string;
  /** The Service's name, or the host. */
  readonly name: string;
  readonly registry: 'kubernetes' | 'external';
  /** An IP, a CIDR block, {@link anyAddress} when it has none of its own, or {@link clusterAddress}. */
  readonly address: string;
  readonly ports: readonly MeshPort[];
  readonly resolution: Resolution;
  /** Outside of the mesh as far as the configuration says. */
  readonly external: boolean;
  /** What the object says itself; empty when the mesh default decides. */
  readonly exportTo: readonly string[];
  readonly creationTimestamp?: string;
  readonly selector?: { readonly [label: string]: string };
  readonly externalName?: string;
  /** ExternalName Services that stand for this one. */
  readonly aliases: readonly { readonly hostname: string; readonly namespace: string }[];
  /** Absent for a gateway that only the settings know. */
  readonly resource?: Resource<'Service' | 'ServiceEntry'>;
  /** Where the host is written. */
  readonly origin?: Origin;
  readonly knownGateway?: KnownGateway;
}

export interface MeshPort {
  readonly name: string;
  readonly number: number;
  readonly protocol: Protocol;
  /** A number, the name of a container port, or absent where it is not written. */
  readonly targetPort?: number | string;
  readonly origin?: Origin;
}

export const anyAddress = '0.0.0.0';

/** Stands for the address a cluster gives a Service that writes none: nobody knows it, but it is the Service's own. */
export function clusterAddress(name: string, namespace: string): string {
  return `cluster address of ${name}.${namespace}`;
}

export const kubernetesService = memoize((resource: Resource<'Service'>): MeshService => {
  const { spec } = resource;
  const externalName = spec.type === 'ExternalName' ? spec.externalName || undefined : undefined;
  return {
    hostname: serviceHostname(resource.name, resource.namespace),
    namespace: resource.namespace,
    name: resource.name,
    registry: 'kubernetes',
    address: addressOf(resource),
    ports: (spec.ports ?? []).flatMap((port, index): MeshPort[] =>
      port.port === undefined
        ? []
        : [
            {
              name: port.name ?? '',
              number: port.port,
              protocol: kubernetesProtocol(port),
              ...(port.targetPort !== undefined && { targetPort: port.targetPort }),
              origin: { resource, path: ['spec', 'ports', index] },
            },
          ],
    ),
    resolution:
      spec.clusterIP === headless ? 'passthrough' : externalName === undefined ? 'client-side' : 'alias',
    external: externalName !== undefined,
    exportTo: ownExportTo(resource),
    ...(resource.creationTimestamp !== undefined && { creationTimestamp: resource.creationTimestamp }),
    ...(spec.selector && { selector: spec.selector }),
    ...(externalName !== undefined && { externalName }),
    aliases: [],
    resource,
    origin: { resource, path: ['metadata', 'name'] },
  };
});

const headless = 'None';

function addressOf({ name, namespace, spec }: Resource<'Service'>): string {
  if (spec.type === 'ExternalName' || spec.clusterIP === headless) {
    return anyAddress;
  }
  return spec.clusterIP || clusterAddress(name, namespace);
}

const resolutions: { readonly [written: string]: Resolution } = {
  STATIC: 'client-side',
  DNS: 'dns',
  DNS_ROUND_ROBIN: 'dns-round-robin',
  DYNAMIC_DNS: 'dynamic-dns',
};

/** One for every host and address. */
export const serviceEntryServices = memoize((resource: Resource<'ServiceEntry'>): readonly MeshService[] => {
  const { spec } = resource;
  const ports = serviceEntryPorts(resource);
  const addresses = (spec.addresses ?? []).flatMap((it) => normalAddress(it) ?? []);
  return (spec.hosts ?? []).flatMap((hostname, index) =>
    ((spec.addresses ?? []).length > 0 ? addresses : [anyAddress]).map((address): MeshService => {
      return {
        hostname,
        namespace: resource.namespace,
        name: hostname,
        registry: 'external',
        address,
        ports,
        resolution: resolutions[spec.resolution ?? ''] ?? 'passthrough',
        external: spec.location !== 'MESH_INTERNAL',
        exportTo: ownExportTo(resource),
        ...(resource.creationTimestamp !== undefined && { creationTimestamp: resource.creationTimestamp }),
        ...(spec.workloadSelector?.labels && { selector: spec.workloadSelector.labels }),
        aliases: [],
        resource,
        origin: { resource, path: ['spec', 'hosts', index] },
      };
    }),
  );
});

function serviceEntryPorts(resource: Resource<'ServiceEntry'>): readonly MeshPort[] {
  return (resource.spec.ports ?? []).flatMap((port, index): MeshPort[] =>
    port.number === undefined
      ? []
      : [
          {
            name: port.name ?? '',
            number: port.number,
            protocol: parseProtocol(port.protocol),
            ...(port.targetPort && { targetPort: port.targetPort }),
            origin: { resource, path: ['spec', 'ports', index] },
          },
        ],
  );
}

/** A block of one address is that address. */
function normalAddress(written: string): string | undefined {
  const [address, bits] = written.split('/');
  if (bits === undefined) {
    return isIpAddress(written) ? written : undefined;
  }
  const all = address!.includes(':') ? '128' : '32';
  return bits === all ? address : written;
}

export const knownGatewayService = memoize((gateway: KnownGateway): MeshService => {
  return {
    hostname: serviceHostname(gateway.name, gateway.namespace),
    namespace: gateway.namespace,
    name: gateway.name,
    registry: 'kubernetes',
    address: clusterAddress(gateway.name, gateway.namespace),
    ports: gateway.ports.map(({ port, targetPort }): MeshPort => {
      return { name: '', number: port, targetPort, protocol: usualProtocols.get(port) ?? 'TCP' };
    }),
    resolution: 'client-side',
    external: false,
    exportTo: [],
    // It was there before anything in the files.
    creationTimestamp: '1970-01-01T00:00:00Z',
    selector: gateway.labels,
    aliases: [],
    knownGateway: gateway,
  };
});

/** What gateway charts call these ports; the settings do not say. */
const usualProtocols: ReadonlyMap<number, Protocol> = new Map([
  [80, 'HTTP2'],
  [443, 'HTTPS'],
]);
