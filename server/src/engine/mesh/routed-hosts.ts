import { groupByEach } from '../text/collections';
import type { View } from '../workspace/view';
import { hostsOverlap, isWildcard } from './hosts';
import type { MergedVirtualService } from './merged-virtual-service';
import { virtualServices } from './virtual-services';

/** The VirtualServices with this host or one that covers it; for a wildcard, with any host it covers. */
export function virtualServicesFor(view: View, host: string): readonly MergedVirtualService[] {
  const covers = (it: MergedVirtualService): boolean => it.hosts.some((own) => hostsOverlap(own, host));
  return isWildcard(host)
    ? virtualServices(view).filter(covers)
    : [...writing(view, host), ...writing(view, anyWildcard).filter(covers)];
}

/** Stands for every wildcard in the table, since there are few. */
const anyWildcard = '*';

/** VirtualServices by the hosts they write, so that a thousand hosts do not look through everything each. */
function writing(view: View, host: string): readonly MergedVirtualService[] {
  return view.lookUp('intent/virtual-services-writing', host, () =>
    groupByEach(virtualServices(view), ({ hosts }) => (hosts.some(isWildcard) ? [anyWildcard] : hosts)),
  );
}
