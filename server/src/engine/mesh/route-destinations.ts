import type { Destination } from '../model/specs';
import { memoize } from './derive';
import type { MergedVirtualService } from './merged-virtual-service';

/** Stands for every port where a destination names none. */
export const everyPort = 0;

/** The names a VirtualService leads to, with the ports it names for them. */
export function destinationsOf(
  service: MergedVirtualService,
  clientNamespace: string,
): ReadonlyMap<string, ReadonlySet<number>> {
  const bound = service.http.some(({ route }) => route.match?.some((it) => it.sourceNamespace));
  return bound ? collectDestinations(service, clientNamespace) : allDestinations(service);
}

const allDestinations = memoize((service: MergedVirtualService) => collectDestinations(service, ''));

function collectDestinations(
  service: MergedVirtualService,
  clientNamespace: string,
): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  const add = (destination: Destination | undefined): void => {
    if (destination?.host) {
      const ports = found.get(destination.host) ?? new Set();
      found.set(destination.host, ports.add(destination.port?.number ?? everyPort));
    }
  };
  for (const { route } of service.http) {
    const namespaces = (route.match ?? []).flatMap((it) => it.sourceNamespace || []);
    if (namespaces.length > 0 && !namespaces.includes(clientNamespace)) {
      continue;
    }
    route.route?.forEach((it) => void add(it.destination));
    add(route.mirror);
    route.mirrors?.forEach((it) => void add(it.destination));
  }
  for (const { route } of [...service.tcp, ...service.tls]) {
    route.route?.forEach((it) => void add(it.destination));
  }
  return found;
}
