import { isInjectedByDefault, isUndecided } from './injection';
import { message } from './message';

export const namespaceInjectedByDefault = message({
  name: 'istioctl/namespace-injected-by-default',
  istio: 'IST0148',
  severity: 'info',
  summary: 'A namespace says nothing of sidecars, and the injector gives them to everybody.',
  on: 'Namespace',

  *check(namespace, view) {
    if (isUndecided(namespace) && isInjectedByDefault(view)) {
      yield {
        path: ['metadata', 'name'],
        message: `Pods of "${namespace.name}" get a sidecar although no label asks for it, because the injector is installed with "enableNamespacesByDefault"`,
      };
    }
  },
});
