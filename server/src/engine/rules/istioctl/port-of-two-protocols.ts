import { groupBy } from '../../text/collections';
import { leadingPorts } from './deployment-services';
import { message } from './message';

export const portOfTwoProtocols = message({
  name: 'istioctl/port-of-two-protocols',
  istio: 'IST0116',
  severity: 'warning',
  summary: 'Services lead to a Deployment by the same port with different protocols of transport.',
  on: 'Workload',

  *check(workload, view) {
    for (const [number, ports] of groupBy(leadingPorts(view, workload), (it) => it.port.port)) {
      const protocols = [...new Set(ports.map((it) => it.port.protocol))];
      if (protocols.length > 1) {
        const names = [...new Set(ports.map((it) => `"${it.service.name}"`))].join(', ');
        yield {
          path: ['metadata', 'name'],
          message: `Port ${number} leads here as ${protocols.join(' and as ')}, by ${names}, and a sidecar serves a port with one protocol`,
          related: ports.map(({ service, index, port }) => {
            return {
              resource: service,
              path: ['spec', 'ports', index],
              message: `Port ${number} as ${port.protocol}`,
            };
          }),
        };
      }
    }
  },
});
