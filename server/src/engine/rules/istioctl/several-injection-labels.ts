import { decidingLabels, isControlPlaneNamespace } from './injection';
import { message } from './message';

export const severalInjectionLabels = message({
  name: 'istioctl/several-injection-labels',
  istio: 'IST0123',
  severity: 'warning',
  summary: 'Several labels of a namespace each decide which proxies its Pods get.',
  on: 'Namespace',
  recommended: true,

  *check(namespace) {
    const labels = decidingLabels(namespace);
    if (labels.length > 1 && !isControlPlaneNamespace(namespace)) {
      const written = labels.map((it) => `"${it}: ${namespace.labels[it]}"`).join(' and ');
      yield {
        path: ['metadata', 'labels', labels.at(-1)!],
        message: `${written} each decide which proxies the Pods of "${namespace.name}" get: keep one of them`,
      };
    }
  },
});
