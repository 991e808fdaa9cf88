import { sameResource } from '../../mesh/origin';
import { isAmbient } from './injection';
import { message } from './message';
import { chosenLabels, defaultSidecars } from './pod-sidecars';
import { rivals, severityAmong } from './rivals';

export const severalDefaultSidecars = message({
  name: 'istioctl/several-default-sidecars',
  istio: 'IST0111',
  severity: 'error',
  summary: 'Two Sidecars of a namespace are for all its Pods, and only one of them is used.',
  on: 'Sidecar',
  recommended: true,

  *check(sidecar, view) {
    const home = view.find('Namespace', '', sidecar.namespace);
    if (chosenLabels(sidecar) || (home && isAmbient(home))) {
      return;
    }
    const others = defaultSidecars(view, sidecar.namespace).filter((it) => !sameResource(it, sidecar));
    if (others.length > 0) {
      const path = ['metadata', 'name'];
      const { names, related } = rivals(others, path, 'Is for every Pod too');
      yield {
        path,
        message: `Every Pod of "${sidecar.namespace}" is meant by ${names} too, and a proxy takes its settings from one Sidecar only, so what the other says is lost`,
        severity: severityAmong(view, [sidecar, ...others]),
        related,
      };
    }
  },
});
