import { meshGateway } from '../../mesh/hosts';
import { bindingOf, isInternal } from './gateway-bindings';
import { message } from './message';

export const gatewayNotFound = message({
  name: 'istioctl/gateway-not-found',
  istio: 'IST0101',
  severity: 'error',
  summary: 'A VirtualService is bound to a Gateway that is not there.',
  on: 'VirtualService',

  *check(virtualService, view) {
    for (const [index, name] of (virtualService.spec.gateways ?? []).entries()) {
      if (name === meshGateway || isInternal(name)) {
        continue;
      }
      const { gateway, namespace, short, isDeclared } = bindingOf(view, name, virtualService.namespace);
      if (!gateway && !isDeclared) {
        yield {
          path: ['spec', 'gateways', index],
          message: `There is no Gateway "${short}" in namespace "${namespace}"`,
        };
      }
    }
  },
});
