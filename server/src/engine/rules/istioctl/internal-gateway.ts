import { meshGateway } from '../../mesh/hosts';
import { isInternal } from './gateway-bindings';
import { message } from './message';

export const internalGateway = message({
  name: 'istioctl/internal-gateway',
  istio: 'IST0165',
  severity: 'warning',
  summary: 'A VirtualService is bound to a name that istiod made up for a Gateway of the Gateway API.',
  on: 'VirtualService',
  recommended: true,

  *check({ spec }) {
    for (const [index, name] of (spec.gateways ?? []).entries()) {
      if (name !== meshGateway && isInternal(name)) {
        yield {
          path: ['spec', 'gateways', index],
          message: `"${name}" is a name that istiod made up for a Gateway of the Gateway API, and may be another one tomorrow; routes for such a Gateway are HTTPRoutes and their like`,
        };
      }
    }
  },
});
