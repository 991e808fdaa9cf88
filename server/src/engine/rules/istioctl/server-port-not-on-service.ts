import type { View } from '../../workspace/view';
import { message } from './message';
import { type PresentPod, selectedPods } from './pods';
import { servicesOf } from './services';

export const serverPortNotOnService = message({
  name: 'istioctl/server-port-not-on-service',
  istio: 'IST0162',
  severity: 'warning',
  summary: 'A server of a Gateway listens on a port that no Service of its pods leads to.',
  on: 'Gateway',

  *check({ spec }, view) {
    const pods = selectedPods(view, spec.selector ?? {});
    if (pods.length === 0) {
      return;
    }
    const ports = new Set(pods.flatMap((it) => portsLeadingTo(view, it)));
    for (const [index, { port }] of (spec.servers ?? []).entries()) {
      if (port && !ports.has(port.number ?? 0)) {
        yield {
          path: ['spec', 'servers', index, 'port', 'number'],
          message: `No Service of the selected pods has port ${port.number}, or leads to it`,
        };
      }
    }
  },
});

/** A port that leads to a named one of the container counts by its own number alone. */
function portsLeadingTo(view: View, pod: PresentPod): readonly number[] {
  return servicesOf(view, pod)
    .flatMap((it) => it.ports)
    .filter((it) => it.protocol === 'TCP')
    .flatMap(({ port, targetPort }) => [port ?? 0, typeof targetPort === 'number' ? targetPort : []].flat());
}
