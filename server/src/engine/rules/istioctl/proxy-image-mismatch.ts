import { podsIn } from '../../mesh/workloads';
import { injectionLabel, revisionLabel } from './injection';
import { message } from './message';
import { hasImage, injectedImage } from './proxy-images';
import { rivals } from './rivals';

export const proxyImageMismatch = message({
  name: 'istioctl/proxy-image-mismatch',
  istio: 'IST0158',
  severity: 'warning',
  summary: 'Pods run another proxy than the injector of their namespace gives out.',
  on: 'Namespace',

  *check(namespace, view) {
    const { labels, name } = namespace;
    const isInjected = labels[injectionLabel] === 'enabled' || labels[revisionLabel] !== undefined;
    const image = isInjected ? injectedImage(view, namespace) : undefined;
    if (image === undefined) {
      return;
    }
    const old = podsIn(view, name)
      .flatMap((it) => it.resource ?? [])
      .filter(
        ({ spec }) =>
          !spec.annotations?.['sidecar.istio.io/proxyImage'] && !hasImage(view, name, spec, image),
      );
    if (old.length > 0) {
      const { names, related } = rivals(old, ['metadata', 'name'], 'Has another proxy');
      yield {
        path: ['metadata', 'name'],
        message: `The injector gives Pods of "${name}" the proxy "${image}", and another runs in ${names}: Pods get it when they are made anew`,
        related,
      };
    }
  },
});
