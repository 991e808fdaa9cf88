import { isSelectedBy } from '../../mesh/destination-rules';
import { sameResource } from '../../mesh/origin';
import { message } from './message';
import { inNamespace } from './objects';
import { chosenLabels, isRedirected, podsOfSidecar } from './pod-sidecars';
import { rivals } from './rivals';

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
      const rival = others.filter((it) => isSelectedBy(chosenLabels(it)!, pod.labels));
      if (rival.length > 0 && !isRedirected(pod)) {
        const path = ['spec', 'workloadSelector', 'labels'];
        const { names, related } = rivals(rival, path, `Selects "${pod.name}" too`);
        yield {
          path,
          message: `"${pod.name}" is selected by ${names} too, and a proxy takes its settings from one Sidecar only, so what the other says is lost`,
          related,
        };
        return;
      }
    }
  },
});
