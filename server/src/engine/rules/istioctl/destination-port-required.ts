import { message } from './message';
import { findDestination } from './registry';
import { writtenDestinations } from './route-destinations';

export const destinationPortRequired = message({
  name: 'istioctl/destination-port-required',
  istio: 'IST0112',
  severity: 'error',
  summary: 'A route or a mirror leads to a host with several ports and names none of them.',
  on: 'VirtualService',

  *check(virtualService, view) {
    const { namespace, spec } = virtualService;
    for (const { destination, path } of writtenDestinations(virtualService)) {
      const { host = '', port } = destination;
      const found = port ? undefined : findDestination(view, namespace, spec.exportTo ?? [], host);
      if (found && found.ports.length > 1) {
        yield {
          path: [...path, 'host'],
          message: `"${host}" has the ports ${found.ports.join(', ')}, so the destination must say which one is meant`,
        };
      }
    }
  },
});
