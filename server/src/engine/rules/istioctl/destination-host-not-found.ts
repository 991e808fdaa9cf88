import { kubernetesName } from '../../mesh/hosts';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { qualifiedHost } from './hosts';
import { message } from './message';
import { findDestination } from './registry';
import { mirrorDestinations, routeDestinations } from './route-destinations';

export const destinationHostNotFound = message({
  name: 'istioctl/destination-host-not-found',
  istio: 'IST0101',
  severity: 'error',
  summary: 'A route or a mirror leads to a host that no Service and no ServiceEntry is for.',
  on: 'VirtualService',

  *check(virtualService, view) {
    for (const { destination, path } of [
      ...routeDestinations(virtualService),
      ...mirrorDestinations(virtualService),
    ]) {
      const { host = '' } = destination;
      if (isMissing(view, virtualService, host)) {
        yield {
          path: [...path, 'host'],
          message: `No Service and no ServiceEntry that counts for namespace "${virtualService.namespace}" is for "${host}"`,
        };
      }
    }
  },
});

function isMissing(view: View, { namespace, spec }: Resource<'VirtualService'>, host: string): boolean {
  return (
    !findDestination(view, namespace, spec.exportTo ?? [], host) &&
    !isRefused(view, qualifiedHost(host, namespace))
  );
}

/** What a document would declare if the cluster took it is wrong there, and not missing here. */
function isRefused(view: View, host: string): boolean {
  const service = kubernetesName(host);
  return (
    (view.declaresHost('ServiceEntry', host) && view.byHost('ServiceEntry', host).length === 0) ||
    (service !== undefined &&
      view.declares('Service', service.namespace, service.name) &&
      !view.find('Service', service.namespace, service.name))
  );
}
