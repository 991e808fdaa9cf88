import { message } from './message';
import { isA } from './objects';
import { missingService, overlapsOf } from './webhook-overlaps';
import { webhooksOf } from './webhooks';

export const invalidWebhook = message({
  name: 'istioctl/invalid-webhook',
  istio: 'IST0139',
  severity: 'error',
  summary: 'Two injectors take the same Pods, or one asks a control plane that is not there.',
  on: 'Other',

  *check(resource, view) {
    if (!isA(resource, 'MutatingWebhookConfiguration')) {
      return;
    }
    const hooks = webhooksOf(resource);
    for (const { index, hook, others } of overlapsOf(view, resource)) {
      yield {
        path: ['webhooks', index, 'name'],
        message: `"${hook}" takes Pods that ${others.map((it) => `"${it}"`).join(', ')} takes too, so they may be injected twice`,
      };
    }
    for (const hook of hooks) {
      const service = missingService(view, resource, hook);
      if (service !== undefined) {
        yield {
          path: ['webhooks', hook.index, 'clientConfig', 'service'],
          message: `"${hook.name}" asks the Service "${service}", which is not among these files`,
        };
      }
    }
  },
});
