import { hostsOverlap } from '../mesh/hosts';
import { virtualServices } from '../mesh/virtual-services';
import type { View } from '../workspace/view';
import { hopsOf } from './hops';

/** Whether some route sends requests for this host to a gateway. */
export function isGoverned(view: View, host: string): boolean {
  return view.derive('intent/is-governed', host, () =>
    virtualServices(view).some(
      (it) => it.hosts.some((own) => hostsOverlap(own, host)) && hopsOf(view, it).length > 0,
    ),
  );
}
