import { message } from './message';
import { findDestination } from './registry';
import { writtenDestinations } from './route-destinations';

export const destinationPortNotFound = message({
  name: 'istioctl/destination-port-not-found',
  istio: 'IST0101',
  severity: 'error',
  summary: 'A route or a mirror leads to a port that its host does not have.',
  on: 'VirtualService',

  *check(virtualService, view) {
    const { namespace, spec } = virtualService;
    for (const { destination, path } of writtenDestinations(virtualService)) {
      const { host = '', port } = destination;
      const found = port && findDestination(view, namespace, spec.exportTo ?? [], host);
      const number = port?.number ?? 0;
      if (found && !found.ports.includes(number)) {
        yield {
          path: [...path, 'port', ...(port?.number === undefined ? [] : ['number'])],
          message: `"${host}" has no port ${number}: it has ${found.ports.join(', ') || 'none'}`,
        };
      }
    }
  },
});
