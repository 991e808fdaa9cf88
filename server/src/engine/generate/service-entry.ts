import type { ServiceEntrySpec, ServicePort } from '../model/specs';
import { uniqueName } from './names';
import { type Flow, securePort, speaksHttp, speaksTls } from './wish';

export interface EntryNeeds {
  readonly host: string;
  readonly flows: readonly Flow[];
  /** Ports that other ServiceEntries of the same host already declare. */
  readonly elsewhere: readonly ServicePort[];
  /** The port of the host that a gateway encrypts for. */
  readonly upstreamPort: number | undefined;
  /** Whether something has to look the host up: a gateway has no other address to go to. */
  readonly resolved: boolean;
  /** Whether sidecars turn port 80 into 443 in the entry itself, not in a route. */
  readonly targetPort: boolean;
}

/** The entry with all the route needs; the same object when nothing is missing. */
export function completeServiceEntry(
  spec: ServiceEntrySpec | undefined,
  needs: EntryNeeds,
): ServiceEntrySpec {
  if (!spec) {
    return {
      hosts: [needs.host],
      location: 'MESH_EXTERNAL',
      ports: completePorts([], needs),
      resolution: 'DNS',
    };
  }
  const ports = completePorts(spec.ports ?? [], needs);
  const unresolved = needs.resolved && !isResolved(spec);
  return {
    ...spec,
    ports,
    ...(unresolved && { resolution: spec.endpoints?.length && !allNames(spec) ? 'STATIC' : 'DNS' }),
  };
}

function completePorts(ports: readonly ServicePort[], needs: EntryNeeds): readonly ServicePort[] {
  let completed = ports.map((port) => corrected(port, needs));
  for (const port of neededPorts(needs)) {
    if (![...completed, ...needs.elsewhere].some((it) => it.number === port.number)) {
      const taken = new Set(completed.map((it) => it.name));
      const name = uniqueName(port.name ?? 'port', (it) => taken.has(it));
      completed = [...completed, { ...port, name }];
    }
  }
  return completed;
}

/** A declared port with the wrong protocol is never reached by the route. */
function corrected(port: ServicePort, { flows, targetPort }: EntryNeeds): ServicePort {
  const flow = flows.find((it) => it.port === port.number);
  if (!flow) {
    return port;
  }
  const right = flow.block === 'http' ? speaksHttp(port.protocol) : speaksTls(port.protocol);
  const protocol = right ? port.protocol : flow.protocol;
  const moved = targetPort && flow.originator === 'sidecar' && port.targetPort === undefined;
  return right && !moved ? port : { ...port, protocol, ...(moved && { targetPort: securePort }) };
}

function neededPorts({ flows, targetPort, upstreamPort }: EntryNeeds): ServicePort[] {
  const ports = flows.map((flow): ServicePort => {
    const moved = targetPort && flow.originator === 'sidecar';
    return {
      number: flow.port,
      name: portName(flow),
      protocol: flow.protocol,
      ...(moved && { targetPort: securePort }),
    };
  });
  const missing = upstreamPort !== undefined && !ports.some((port) => port.number === upstreamPort);
  return missing ? [...ports, { number: upstreamPort, name: 'https', protocol: 'HTTPS' }] : ports;
}

function portName({ port, protocol }: Flow): string {
  const usual = port === 80 || port === securePort;
  return usual ? protocol.toLowerCase() : `${protocol.toLowerCase()}-${port}`;
}

/** Whether a gateway finds an address for the host. */
function isResolved({ resolution, endpoints, workloadSelector }: ServiceEntrySpec): boolean {
  const listed = (endpoints ?? []).length > 0 || workloadSelector !== undefined;
  return resolution === 'STATIC' ? listed : resolution !== undefined && resolution !== 'NONE';
}

function allNames(spec: ServiceEntrySpec): boolean {
  return (spec.endpoints ?? []).every((it) => /[a-z]/i.test(it.address ?? '') && !it.address?.includes(':'));
}
