import { message } from './message';
import { isHostRefused } from './refused';
import { findDestination } from './registry';

export const ruleHostUnknown = message({
  name: 'istioctl/rule-host-unknown',
  istio: 'IST0174',
  severity: 'warning',
  summary: 'A DestinationRule is for a host that no Service and no ServiceEntry is for.',
  on: 'DestinationRule',

  *check({ namespace, spec }, view) {
    const { host = '', exportTo = [] } = spec;
    if (!findDestination(view, namespace, exportTo, host) && !isHostRefused(view, host, namespace)) {
      yield {
        path: ['spec', 'host'],
        message: `No Service and no ServiceEntry that counts for namespace "${namespace}" is for "${host}"`,
      };
    }
  },
});
