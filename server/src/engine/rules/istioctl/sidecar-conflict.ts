import { isSelectedBy } from '../../mesh/destination-rules';
import { sameResource } from '../../mesh/origin';
import { message } from './message';
import { inNamespace } from './objects';
import { chosenLabels, isRedirected, podsOfSidecar } from './pod-sidecars';

export const sidecarConflict = message({
  name: 'istioctl/sidecar-conflict',
  istio: 'IST0110',
  severity: 'error',
  summary: 'Two Sidecars select the same Pod, and only one of them is used.',
  on: 'Sidecar',
  recommended: true,

  *check(sidecar, view) {
    const others = inNamespace(view, 'Sidecar', sidecar.namespace).filter(
      (it) => chosenLabels(it) && !sameResource(it, sidecar),
    );
    if (others.length === 0) {
      return;
    }
    for (const pod of podsOfSidecar(view, sidecar)) {
      const rivals = others.filter((it) => isSelectedBy(chosenLabels(it)!, pod.labels));
      if (rivals.length > 0 && !isRedirected(pod)) {
        const names = rivals.map((it) => `"${it.name}"`).join(', ');
        yield {
          path: ['spec', 'workloadSelector', 'labels'],
          message: `${names} selects "${pod.name}" too, and a proxy takes its settings from one Sidecar only, so what the other says is lost`,
          related: rivals.map((resource) => {
            return {
              resource,
              path: ['spec', 'workloadSelector', 'labels'],
              message: `Selects "${pod.name}" too`,
            };
          }),
        };
        return;
      }
    }
  },
});
