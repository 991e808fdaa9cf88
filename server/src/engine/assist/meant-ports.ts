import { findGateway } from '../mesh/gateways';
import { meshGateway } from '../mesh/hosts';
import { type Origin, origin, within } from '../mesh/origin';
import { targetPortOf } from '../mesh/resolve-ports';
import type { MeshPort, MeshService } from '../mesh/service';
import { podsOf } from '../mesh/workloads';
import { items, labels, text, whole } from '../model/guards';
import type { View } from '../workspace/view';
import { valueAt } from './manifest';
import { servicesBehind } from './meant-pods';
import { servicesFor } from './meant-services';
import { hostBeside } from './meant-subsets';
import type { Site } from './reference-sites';

/** Where the port of this number is declared. */
export function portsMeant(view: View, site: Site): readonly Origin[] {
  const number = whole(valueAt(site.manifest.object, site.path));
  return number === undefined
    ? []
    : offeredPorts(view, site)
        .filter((it) => it.number === number)
        .flatMap(placeOf);
}

/** A port that may be meant at a place, with the place that declares it where the files have one. */
export interface OfferedPort {
  readonly number: number;
  readonly name: string;
  readonly protocol: string;
  /** The host, Service or Gateway that has it. */
  readonly owner: string;
  readonly origin?: Origin;
}

function placeOf({ origin: place }: OfferedPort): readonly Origin[] {
  return place ? [place] : [];
}

/** Every port that can be meant at a place. */
export function offeredPorts(view: View, site: Site): readonly OfferedPort[] {
  switch (site.names) {
    case 'port':
      return portsOf(servicesFor(view, hostBeside(site), site.manifest.namespace));
    case 'server-port':
      return serverPorts(view, site);
    default:
      return arrivalPorts(view, site);
  }
}

function portsOf(services: readonly MeshService[]): readonly OfferedPort[] {
  return services.flatMap((service) => service.ports.map((port) => offered(service, port, port.number)));
}

function offered(service: MeshService, port: MeshPort, number: number): OfferedPort {
  const field = service.registry === 'kubernetes' ? 'port' : 'number';
  return {
    number,
    name: port.name,
    protocol: port.protocol,
    owner: service.hostname,
    ...(port.origin && { origin: within(port.origin, field) }),
  };
}

/** A server names a port of the Service its pods stand behind, or the port of the pods that one leads to. */
function serverPorts(view: View, { manifest }: Site): readonly OfferedPort[] {
  const services = servicesBehind(view, labels(valueAt(manifest.object, ['spec', 'selector'])));
  const numbers = services.flatMap((service) =>
    service.ports.map((port) => offered(service, port, port.number)),
  );
  const targets = services.flatMap((service) => {
    const pod = podsOf(view, service)[0];
    return service.ports.flatMap((port) => {
      const target = pod && targetPortOf(port, pod);
      return target === undefined || target === port.number ? [] : offered(service, port, target);
    });
  });
  return [...numbers, ...targets.filter((it) => !numbers.some((own) => own.number === it.number))];
}

/** At a gateway the ports of its servers, in the sidecars those of the hosts the object is for. */
function arrivalPorts(view: View, { manifest, path }: Site): readonly OfferedPort[] {
  const spec = valueAt(manifest.object, ['spec']);
  const own = texts(valueAt(manifest.object, [...path.slice(0, -1), 'gateways']));
  const all = texts(valueAt(spec, ['gateways']));
  const gateways = own.length > 0 ? own : all.length > 0 ? all : [meshGateway];
  return gateways.flatMap((name) =>
    name === meshGateway
      ? texts(valueAt(spec, ['hosts'])).flatMap((host) =>
          portsOf(servicesFor(view, host, manifest.namespace)),
        )
      : gatewayPorts(view, name, manifest.namespace),
  );
}

function gatewayPorts(view: View, name: string, namespace: string): readonly OfferedPort[] {
  const gateway = findGateway(view, name, namespace);
  return (gateway?.spec.servers ?? []).flatMap(({ port }, index): readonly OfferedPort[] =>
    port?.number === undefined
      ? []
      : [
          {
            number: port.number,
            name: port.name ?? '',
            protocol: port.protocol ?? '',
            owner: `Gateway ${gateway!.namespace}/${gateway!.name}`,
            origin: origin(gateway!, 'spec', 'servers', index, 'port', 'number'),
          },
        ],
  );
}

function texts(value: unknown): readonly string[] {
  return items(value).flatMap((it) => text(it) ?? []);
}
