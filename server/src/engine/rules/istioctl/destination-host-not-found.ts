import { message } from './message';
import { isHostRefused } from './refused';
import { findDestination } from './registry';
import { writtenDestinations } from './route-destinations';

export const destinationHostNotFound = message({
  name: 'istioctl/destination-host-not-found',
  istio: 'IST0101',
  severity: 'error',
  summary: 'A route or a mirror leads to a host that no Service and no ServiceEntry is for.',
  on: 'VirtualService',

  *check(virtualService, view) {
    const { namespace, spec } = virtualService;
    for (const { destination, path } of writtenDestinations(virtualService)) {
      const { host = '' } = destination;
      const found = findDestination(view, namespace, spec.exportTo ?? [], host);
      if (!found && !isHostRefused(view, host, namespace)) {
        yield {
          path: [...path, 'host'],
          message: `No Service and no ServiceEntry that counts for namespace "${namespace}" is for "${host}"`,
        };
      }
    }
  },
});
