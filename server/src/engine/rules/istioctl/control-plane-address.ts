import { controlPlaneHooks } from './control-plane-urls';
import { message } from './message';

export const controlPlaneAddress = message({
  name: 'istioctl/control-plane-address',
  istio: 'IST0163',
  severity: 'warning',
  summary: "A webhook of Istio's names no control plane, or one by an address that is no URL.",
  on: 'Other',

  *check(resource) {
    for (const { hook, address, url } of controlPlaneHooks(resource)) {
      const path = ['webhooks', hook.index, 'clientConfig'];
      if (address !== undefined && !url) {
        yield { path: [...path, 'url'], message: `"${hook.name}" asks "${address}", which is no URL` };
      } else if (address === undefined && (hook.client.service ?? undefined) === undefined) {
        yield { path, message: `"${hook.name}" asks nobody: it has neither a "url" nor a "service"` };
      }
    }
  },
});
