import { message } from './message';
import { othersIn } from './objects';
import { rivals } from './rivals';

const variable = 'BLOCKED_CIDRS_IN_JWKS_URIS';

export const jwksUnrestricted = message({
  name: 'istioctl/jwks-unrestricted',
  istio: 'IST0175',
  severity: 'warning',
  summary: 'istiod fetches the keys of tokens from whatever address a RequestAuthentication names.',
  on: 'Workload',

  *check(workload, view) {
    const { containers = [] } = workload.spec;
    if (
      workload.writtenKind !== 'Deployment' ||
      workload.labels.app !== 'istiod' ||
      containers.some((it) => it.variables?.includes(variable))
    ) {
      return;
    }
    const policies = othersIn(view, 'RequestAuthentication');
    if (policies.length > 0) {
      const path = ['metadata', 'name'];
      yield {
        path,
        message: `istiod fetches keys from wherever a "jwksUri" leads, addresses inside the cluster included: "${variable}" says which it must not ask`,
        related: rivals(policies, path, 'May name an address to fetch keys from').related,
      };
    }
  },
});
