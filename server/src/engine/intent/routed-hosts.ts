import { deriveList } from '../mesh/derive';
import { hostsOverlap, isWildcard } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { virtualServices } from '../mesh/virtual-services';
import type { View } from '../workspace/view';

/** The VirtualServices with this host or one that covers it; for a wildcard, with any host it covers. */
export function virtualServicesFor(view: View, host: string): readonly MergedVirtualService[] {
  return deriveList(view, 'intent/virtual-services-for', host, () => {
    const { byName, wildcards, all } = hostIndex(view);
    const means = (it: MergedVirtualService): boolean => it.hosts.some((own) => hostsOverlap(own, host));
    return isWildcard(host) ? all.filter(means) : [...(byName.get(host) ?? []), ...wildcards.filter(means)];
  });
}

/** VirtualServices by the hosts they write, so that a thousand hosts do not look through everything each. */
interface HostIndex {
  readonly all: readonly MergedVirtualService[];
  readonly byName: ReadonlyMap<string, readonly MergedVirtualService[]>;
  /** Those with a wildcard among their hosts; they are not in {@link byName}. */
  readonly wildcards: readonly MergedVirtualService[];
}

function hostIndex(view: View): HostIndex {
  return view.derive('intent/host-index', '', () => {
    const all = virtualServices(view);
    const byName = new Map<string, MergedVirtualService[]>();
    for (const it of all.filter((each) => !each.hosts.some(isWildcard))) {
      for (const host of new Set(it.hosts)) {
        const list = byName.get(host);
        if (list) {
          list.push(it);
        } else {
          byName.set(host, [it]);
        }
      }
    }
    return { all, byName, wildcards: all.filter((it) => it.hosts.some(isWildcard)) };
  });
}
