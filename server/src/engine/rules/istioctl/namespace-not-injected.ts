import { isInjectedByDefault, isUndecided } from './injection';
import { message } from './message';

export const namespaceNotInjected = message({
  name: 'istioctl/namespace-not-injected',
  istio: 'IST0102',
  severity: 'info',
  summary: 'A namespace does not say whether its Pods get a sidecar.',
  on: 'Namespace',

  *check(namespace, view) {
    if (isUndecided(namespace) && !isInjectedByDefault(view)) {
      yield {
        path: ['metadata', 'name'],
        message: `Pods of "${namespace.name}" get no sidecar: the label "istio-injection: enabled" asks for it, and "istio-injection: disabled" says that none is wanted`,
      };
    }
  },
});
