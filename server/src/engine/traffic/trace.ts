import { kubernetesName } from '../mesh/hosts';
import { servicesNamed } from '../mesh/registry';
import { anyAddress } from '../mesh/service';
import type { View } from '../workspace/view';
import { openConnection } from './connection';
import { Journey } from './journey';
import { sidecarProxy } from './mesh-proxy';
import type { Request, TracedPath } from './request';

/**
 * Follows a request from a pod with a sidecar through every proxy to where it ends, along every branch. Never
 * empty: what cannot be followed says so.
 */
export function trace(view: View, request: Request): readonly TracedPath[] {
  const proxy = sidecarProxy(view, request.from.namespace, request.from.labels);
  const connection = openConnection(request, addressOf(view, request));
  const journey = new Journey(view, request);
  journey.throughSidecar(proxy, connection);
  return journey.paths;
}

/** DNS answers for Services of the cluster; what it says of other names is not in the files. */
function addressOf(view: View, { address, host, from }: Request): string | undefined {
  if (address !== undefined) {
    return address;
  }
  const name = host.includes('.') ? host : `${host}.${from.namespace}.svc.cluster.local`;
  const service =
    kubernetesName(name) && servicesNamed(view, name).find((it) => it.registry === 'kubernetes');
  return service && service.address !== anyAddress ? service.address : undefined;
}
