import { credentialSites } from './credentials';
import { message } from './message';

export const credentialNotFound = message({
  name: 'istioctl/credential-not-found',
  istio: 'IST0101',
  severity: 'error',
  summary: 'A server of a Gateway names a secret that is not beside the pods of the gateway.',
  on: 'Gateway',

  *check(gateway, view) {
    for (const { path, name, namespaces, secrets, isDeclared } of credentialSites(view, gateway)) {
      if (secrets.length === 0 && !isDeclared) {
        yield { path, message: `There is no Secret "${name}" in namespace "${namespaces.join('", "')}"` };
      }
    }
  },
});
