import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import { groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { message, seen } from './message';

export const subsetWithoutEffect = message({
  name: 'istioctl/subset-without-effect',
  istio: 'IST0140',
  severity: 'warning',
  summary: 'A VirtualService at a gateway leads to a host whose own VirtualService picks subsets.',
  on: 'VirtualService',

  *check({ spec }, view) {
    if ((spec.gateways ?? []).length === 0) {
      return;
    }
    for (const [index, { route = [] }] of (spec.http ?? []).entries()) {
      for (const [at, { destination }] of route.entries()) {
        const [other] = destination?.subset ? [] : servicesPicking(view, destination?.host ?? '');
        if (other) {
          yield {
            path: ['spec', 'http', index, 'route', at, 'destination', 'host'],
            message: `Requests that come through the gateway skip VirtualService "${other.namespace}/${other.name}", which picks a subset of "${destination?.host}"`,
            related: [{ resource: other, path: ['spec', 'hosts'], message: 'Here subsets are picked' }],
          };
        }
      }
    }
  },
});

/** The VirtualServices for a host that route to a subset of that same host. */
function servicesPicking(view: View, host: string): readonly Resource<'VirtualService'>[] {
  return view.lookUp(
    'istioctl/virtual-services-picking-subsets',
    host,
    () => groupByEach(seen(view, 'VirtualService'), hostsPickedFrom),
    sameResource,
  );
}

function hostsPickedFrom({ spec }: Resource<'VirtualService'>): readonly string[] {
  return (spec.http ?? []).flatMap(({ route }) =>
    (route ?? []).flatMap(({ destination }) =>
      destination?.subset && spec.hosts?.includes(destination.host ?? '') ? (destination.host ?? []) : [],
    ),
  );
}
