import { hostsOverlap, meshGateway } from '../../mesh/hosts';
import { bindingOf, hostsServed, isInternal } from './gateway-bindings';
import { message } from './message';

export const hostNotInGateway = message({
  name: 'istioctl/host-not-in-gateway',
  istio: 'IST0132',
  severity: 'warning',
  summary: 'A VirtualService is bound to a Gateway that serves none of its hosts.',
  on: 'VirtualService',

  *check({ namespace, spec }, view) {
    for (const [index, name] of (spec.gateways ?? []).entries()) {
      if (name === meshGateway || isInternal(name)) {
        continue;
      }
      const binding = bindingOf(view, name, namespace);
      const served = binding.gateway ? hostsServed(binding.gateway, namespace) : [];
      const isServed = served.some((it) => (spec.hosts ?? []).some((host) => hostsOverlap(it, host)));
      if (!isServed && (binding.gateway || !binding.isDeclared)) {
        yield {
          path: ['spec', 'gateways', index],
          message: `No server of Gateway "${binding.short}" in namespace "${binding.namespace}" has one of the hosts ${(spec.hosts ?? []).map((it) => `"${it}"`).join(', ')}`,
        };
      }
    }
  },
});
