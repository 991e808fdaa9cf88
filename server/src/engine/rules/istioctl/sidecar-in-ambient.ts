import { isAmbient } from './injection';
import { message } from './message';
import { chosenLabels, isRedirected, podsOfSidecar } from './pod-sidecars';

export const sidecarInAmbient = message({
  name: 'istioctl/sidecar-in-ambient',
  istio: 'IST0167',
  severity: 'warning',
  summary: 'A Sidecar is for Pods that have no sidecar, so it does nothing.',
  on: 'Sidecar',
  recommended: true,

  *check(sidecar, view) {
    const pod = podsOfSidecar(view, sidecar).find(isRedirected);
    if (pod) {
      yield {
        path: ['spec', 'workloadSelector', 'labels'],
        message: `"${pod.name}" is served in ambient mode and has no sidecar, so this does nothing for it`,
      };
      return;
    }
    const home = view.find('Namespace', '', sidecar.namespace);
    if (!chosenLabels(sidecar) && home && isAmbient(home)) {
      yield {
        path: ['metadata', 'name'],
        message: `The Pods of "${sidecar.namespace}" are served in ambient mode and have no sidecars, so this does nothing`,
        related: [
          {
            resource: home,
            path: ['metadata', 'labels', 'istio.io/dataplane-mode'],
            message: 'The mode of the namespace',
          },
        ],
      };
    }
  },
});
