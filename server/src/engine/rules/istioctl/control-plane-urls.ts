import { type GoUrl, parseGoUrl } from '../../go/url';
import { text } from '../../model/guards';
import type { Resource } from '../../model/resource';
import { isA } from './objects';
import { type Webhook, webhooksOf } from './webhooks';

/** A hook of Istio's own webhooks, and the address of a control plane elsewhere that it asks, if any. */
export interface ControlPlaneHook {
  readonly hook: Webhook;
  readonly address?: string;
  readonly url?: GoUrl;
}

export function controlPlaneHooks(resource: Resource<'Other'>): readonly ControlPlaneHook[] {
  return isOfControlPlane(resource)
    ? webhooksOf(resource).map((hook) => {
        const address = text(hook.client.url);
        const url = address === undefined ? undefined : parseGoUrl(address);
        return { hook, ...(address !== undefined && { address }), ...(url && { url }) };
      })
    : [];
}

/** By the names that Istio's charts give them. */
function isOfControlPlane(resource: Resource<'Other'>): boolean {
  const { name } = resource;
  return isA(resource, 'ValidatingWebhookConfiguration')
    ? name === 'istiod-default-validator' || name.startsWith('istio-validator')
    : isA(resource, 'MutatingWebhookConfiguration') && name.startsWith('istio-sidecar-injector');
}
