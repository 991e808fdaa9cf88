import { groupBy } from '../../text/collections';
import { leadingPorts } from './deployment-services';
import { message } from './message';

export const targetPortOfTwoPorts = message({
  name: 'istioctl/target-port-of-two-ports',
  istio: 'IST0137',
  severity: 'warning',
  summary: 'Services lead to the same port of a Deployment by different ports of their own.',
  on: 'Workload',

  *check(workload, view) {
    for (const [target, ports] of groupBy(leadingPorts(view, workload), targetOf)) {
      const numbers = [...new Set(ports.map((it) => it.port.port))].sort((a, b) => a - b);
      if (numbers.length > 1) {
        yield {
          path: ['metadata', 'name'],
          message: `Ports ${numbers.join(' and ')} of Services both lead to port ${target} here, and a sidecar serves it as one of them says`,
          related: ports.map(({ service, index, port }) => {
            return {
              resource: service,
              path: ['spec', 'ports', index],
              message: `Port ${port.port} leads here`,
            };
          }),
        };
      }
    }
  },
});

function targetOf({
  port,
}: {
  readonly port: { readonly port: number; readonly targetPort?: number | string };
}): string {
  return `${port.targetPort || port.port}`;
}
