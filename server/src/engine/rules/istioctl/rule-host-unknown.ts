import { message } from './message';
import { findDestination } from './registry';

export const ruleHostUnknown = message({
  name: 'istioctl/rule-host-unknown',
  istio: 'IST0174',
  severity: 'warning',
  summary: 'A DestinationRule is for a host that no Service and no ServiceEntry is for.',
  on: 'DestinationRule',

  *check({ namespace, spec }, view) {
    if (!findDestination(view, namespace, spec.exportTo ?? [], spec.host ?? '')) {
      yield {
        path: ['spec', 'host'],
        message: `No Service and no ServiceEntry that counts for namespace "${namespace}" is for "${spec.host}"`,
      };
    }
  },
});
