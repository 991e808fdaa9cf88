import { hostsOverlap, isWildcard } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';

/** Finds the VirtualServices of a listener by host without going through all of them. */
export interface VirtualServiceIndex {
  readonly all: readonly MergedVirtualService[];
  readonly exact: ReadonlyMap<string, readonly number[]>;
  readonly wildcards: readonly { readonly host: string; readonly position: number }[];
}

export function indexVirtualServices(all: readonly MergedVirtualService[]): VirtualServiceIndex {
  const exact = new Map<string, number[]>();
  const wildcards: { host: string; position: number }[] = [];
  all.forEach((service, position) => {
    for (const host of service.hosts) {
      if (isWildcard(host)) {
        wildcards.push({ host, position });
      } else {
        const known = exact.get(host);
        known ? known.push(position) : exact.set(host, [position]);
      }
    }
  });
  return { all, exact, wildcards };
}

/** The VirtualServices that mean a host, in their order. */
export function virtualServicesFor(
  { all, exact, wildcards }: VirtualServiceIndex,
  hostname: string,
): readonly MergedVirtualService[] {
  if (isWildcard(hostname)) {
    return all.filter((it) => it.hosts.some((host) => hostsOverlap(host, hostname)));
  }
  const positions = new Set(exact.get(hostname));
  for (const { host, position } of wildcards) {
    if (hostname.endsWith(host.slice(1))) {
      positions.add(position);
    }
  }
  return [...positions].sort((a, b) => a - b).map((it) => all[it]!);
}
