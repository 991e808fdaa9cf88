import { isIpAddress } from '../mesh/hosts';
import type { Origin } from '../mesh/origin';
import { isHttp, type Protocol, parseProtocol } from '../mesh/protocols';
import { anyAddress, type MeshPort, type MeshService } from '../mesh/service';
import type { EgressListener } from '../mesh/sidecars';
import type { View } from '../workspace/view';
import { isDynamic } from './clusters';
import { knownOnPort } from './endpoints';
import { type FilterChain, isMatchAll, type Listener, matchKey } from './filter-chains';
import { currentProxy, type MeshProxy } from './mesh-proxy';
import { type Outbound, outboundChains } from './sidecar-chains';
import { indexVirtualServices, type VirtualServiceIndex, virtualServicesFor } from './virtual-service-index';

/** The outbound listeners of a sidecar on one port, by the address they are for. */
export type OutboundListeners = ReadonlyMap<string, Listener>;

export function outboundListeners(view: View, proxy: MeshProxy, port: number): OutboundListeners {
  return view.derive('traffic/outbound-listeners', `${proxy.key} ${port}`, () => {
    const current = currentProxy(view, proxy);
    const builder = new ListenerBuilder(view, current, port);
    for (const listener of current.scope.listeners) {
      builder.addListener(listener);
    }
    return builder.finish();
  });
}

interface Entry {
  readonly bind: string;
  protocol: Protocol;
  locked: boolean;
  readonly chains: FilterChain[];
  readonly keys: Set<string>;
}

/** HTTP services share one listener for all addresses; others get one for their address where they have one. */
class ListenerBuilder {
  readonly #view: View;
  readonly #proxy: MeshProxy;
  readonly #number: number;
  readonly #entries = new Map<string, Entry>();

  constructor(view: View, proxy: MeshProxy, number: number) {
    this.#view = view;
    this.#proxy = proxy;
    this.#number = number;
  }

  addListener(listener: EgressListener): void {
    const index = indexVirtualServices(listener.virtualServices);
    const bind = listener.bind ?? (listener.captureMode === 'NONE' ? localAddress : undefined);
    if (listener.port) {
      if (listener.port.number === this.#number) {
        const port: MeshPort = {
          name: listener.port.name ?? '',
          number: this.#number,
          protocol: parseProtocol(listener.port.protocol),
          ...(listener.origin && { origin: listener.origin }),
        };
        listener.services.forEach((service) => void this.#add(service, port, bind, index));
      }
      return;
    }
    // What an earlier listener has for this port is meant to be all there is.
    for (const entry of this.#entries.values()) {
      entry.locked = true;
    }
    for (const service of listener.services) {
      for (const port of service.ports.filter((it) => it.number === this.#number)) {
        this.#addCaptured(service, port, bind, index);
      }
    }
  }

  finish(): OutboundListeners {
    return new Map([...this.#entries].map(([address, entry]) => [address, toListener(entry, this.#number)]));
  }

  /** Without an address of its own a service with known endpoints is listened for on each of them. */
  #addCaptured(
    service: MeshService,
    port: MeshPort,
    bind: string | undefined,
    index: VirtualServiceIndex,
  ): void {
    const byEndpoint =
      bind === undefined &&
      service.resolution === 'passthrough' &&
      service.address === anyAddress &&
      !isHttp(port.protocol) &&
      port.protocol !== 'UDP';
    if (!byEndpoint) {
      this.#add(service, port, bind, index);
      return;
    }
    const endpoints = knownOnPort(this.#view, service, port);
    if (service.registry === 'external' && endpoints.length === 0 && service.selector === undefined) {
      this.#add(service, port, bind, index);
    }
    for (const { address } of endpoints) {
      if (address !== undefined && isIpAddress(address)) {
        this.#add(service, port, address, index);
      }
    }
  }

  #add(service: MeshService, port: MeshPort, bind: string | undefined, index: VirtualServiceIndex): void {
    if (service.resolution === 'alias' || port.protocol === 'UDP') {
      return;
    }
    const isBlock = service.address.includes('/');
    const http = isHttp(port.protocol);
    const address = bind ?? (http || isBlock ? anyAddress : service.address);
    const entry = this.#entries.get(address);
    if (entry?.locked || (entry && !mayShare(port.protocol, entry.protocol, http))) {
      return;
    }
    const outbound: Outbound = {
      service,
      port,
      bind: address,
      blocks: bind === undefined && !http && isBlock ? [service.address] : [],
      virtualServices: virtualServicesFor(index, service.hostname),
    };
    if (http) {
      this.#addHttp(outbound, entry);
    } else if (port.protocol === 'unsupported') {
      this.#addSniffed(outbound, entry);
    } else {
      const chains = outboundChains(this.#view, this.#proxy, outbound);
      entry ? merge(entry, chains) : this.#open(outbound, chains);
      if (entry && isHttp(entry.protocol)) {
        entry.protocol = 'unsupported';
      }
    }
  }

  #addHttp(outbound: Outbound, entry: Entry | undefined): void {
    const chain = httpChain(outbound, outbound.bind === anyAddress, false);
    if (!entry) {
      this.#open(outbound, [chain], outbound.bind === anyAddress ? 'unsupported' : outbound.port.protocol);
    } else if (!isHttp(entry.protocol) && entry.protocol !== 'unsupported') {
      merge(entry, [chain]);
      entry.protocol = 'unsupported';
    }
  }

  #addSniffed(outbound: Outbound, entry: Entry | undefined): void {
    const tcp = outboundChains(this.#view, this.#proxy, outbound);
    if (entry?.protocol === 'unsupported') {
      merge(entry, tcp);
      return;
    }
    const chains = [...tcp, httpChain(outbound, true, true)];
    if (!entry || isHttp(entry.protocol)) {
      this.#open(outbound, chains);
    } else {
      merge(entry, chains);
      entry.protocol = 'unsupported';
    }
  }

  #open(outbound: Outbound, chains: readonly FilterChain[], protocol = outbound.port.protocol): void {
    const entry: Entry = { bind: outbound.bind, protocol, locked: false, chains: [], keys: new Set() };
    for (const chain of chains) {
      entry.chains.push(chain);
      entry.keys.add(matchKey(chain.match));
    }
    this.#entries.set(outbound.bind, entry);
  }
}

const localAddress = '127.0.0.1';

/** Protocols in which the server speaks first do not share a port with others. */
function mayShare(incoming: Protocol, existing: Protocol, http: boolean): boolean {
  const alone = [incoming, existing].some((it) => it === 'Mongo' || it === 'MySQL');
  const alreadyHttp = http && (isHttp(existing) || existing === 'unsupported');
  return alreadyHttp || !alone || incoming === existing;
}

function httpChain({ service, port, bind }: Outbound, sniffed: boolean, ownRoutes: boolean): FilterChain {
  const shared = !ownRoutes || bind === anyAddress;
  const origins: Origin[] = port.origin ? [port.origin] : [];
  return {
    match: { sniHosts: [], blocks: [], plainHttp: sniffed },
    filter: {
      kind: 'http',
      routeConfig: shared ? String(port.number) : `${service.hostname}:${port.number}`,
      ...(isDynamic(service) && { resolves: service.hostname }),
    },
    origins,
  };
}

/** The first chain with a match keeps it. */
function merge(entry: Entry, incoming: readonly FilterChain[]): void {
  for (const chain of incoming) {
    const key = matchKey(chain.match);
    if (!entry.keys.has(key)) {
      entry.keys.add(key);
      entry.chains.push(chain);
    }
  }
}

function toListener({ bind, chains }: Entry, port: number): Listener {
  const name = `${bind}_${port}`;
  const fallback = chains.findLast((it) => isMatchAll(it.match));
  const others = chains.filter((it) => !isMatchAll(it.match));
  return { name, chains: others, fallback: fallback ?? passthroughChain };
}

const passthroughChain: FilterChain = {
  name: 'PassthroughFilterChain',
  match: { sniHosts: [], blocks: [] },
  filter: { kind: 'catch-all' },
  origins: [],
};
