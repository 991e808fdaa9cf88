import { isIpAddress } from '../../go/ip-address';
import { controlPlaneHooks } from './control-plane-urls';
import { message } from './message';

export const controlPlaneByIp = message({
  name: 'istioctl/control-plane-by-ip',
  istio: 'IST0164',
  severity: 'info',
  summary: "A webhook of Istio's asks a control plane by its IP address.",
  on: 'Other',

  *check(resource) {
    for (const { hook, url } of controlPlaneHooks(resource)) {
      if (url && isIpAddress(url.host)) {
        yield {
          path: ['webhooks', hook.index, 'clientConfig', 'url'],
          message: `"${hook.name}" asks the control plane by the address "${url.host}", which changes when it moves: a host name does not`,
        };
      }
    }
  },
});
