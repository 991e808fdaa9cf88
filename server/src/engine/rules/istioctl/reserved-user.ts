import type { Path } from '../../yaml/node';
import { proxyContainer } from './injection';
import { message } from './message';
import { isPartOfIstio } from './service-ports';

/** The user the proxy runs as: what this user sends is let past the proxy. */
const proxyUser = 1337;
const proxies: ReadonlySet<string | undefined> = new Set([proxyContainer, 'istio-operator']);

export const reservedUser = message({
  name: 'istioctl/reserved-user',
  istio: 'IST0144',
  severity: 'warning',
  summary: "An application runs as the proxy's own user, so its requests pass the proxy by.",
  on: 'Workload',
  recommended: true,

  *check(workload, view) {
    const { writtenKind, spec } = workload;
    if ((writtenKind !== 'Pod' && writtenKind !== 'Deployment') || isPartOfIstio(workload)) {
      return;
    }
    const { containers = [], runAsUser } = spec;
    const base: Path = writtenKind === 'Pod' ? ['spec'] : ['spec', 'template', 'spec'];
    const user = ['securityContext', 'runAsUser'];
    const text = `User ${proxyUser} is the proxy's own, and what it sends passes the proxy by: let the application run as another user`;
    const isGateway = containers.every((it) => proxies.has(it.name));
    if (runAsUser === proxyUser && !(isGateway && view.settings.profile !== 'istioctl')) {
      yield { path: [...base, ...user], message: text };
    }
    for (const [index, container] of containers.entries()) {
      if (container.runAsUser === proxyUser && !proxies.has(container.name)) {
        yield { path: [...base, 'containers', index, ...user], message: text };
      }
    }
  },
});
