import { isPickedBy } from '../../model/label-selector';
import type { WorkloadSpec } from '../../model/specs';
import { proxyContainer } from './injection';
import { message } from './message';
import { othersIn } from './objects';
import { isOfIstio, webhooksOf } from './webhooks';

export const imageAutoNotInjected = message({
  name: 'istioctl/image-auto-not-injected',
  istio: 'IST0146',
  severity: 'warning',
  summary:
    "A Deployment leaves the proxy's image to an injector, and none that the files hold would fill it in.",
  on: 'Workload',

  *check(workload, view) {
    const index = autoContainer(workload.spec);
    if (workload.writtenKind !== 'Deployment' || index < 0) {
      return;
    }
    const namespaceLabels = view.find('Namespace', '', workload.namespace)?.labels ?? {};
    const isInjected = othersIn(view, 'MutatingWebhookConfiguration')
      .flatMap(webhooksOf)
      .some(
        (it) =>
          isOfIstio(it) &&
          isPickedBy(it.namespaceSelector, namespaceLabels) &&
          isPickedBy(it.objectSelector, workload.spec.labels ?? {}),
      );
    if (!isInjected) {
      yield {
        path: ['spec', 'template', 'spec', 'containers', index, 'image'],
        message: `No injector among these files fills in the image of "${workload.name}": "auto" is a placeholder, and Kubernetes finds no such image`,
      };
    }
  },
});

/** The place of the container whose image the injector is to fill in, or -1. */
export function autoContainer({ containers = [] }: WorkloadSpec): number {
  return containers.findIndex((it) => it.name === proxyContainer && it.image === 'auto');
}
