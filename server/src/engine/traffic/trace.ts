import { clusterDomain, isIpAddress, serviceHostname } from '../mesh/hosts';
import { servicesNamed } from '../mesh/registry';
import { anyAddress } from '../mesh/service';
import type { View } from '../workspace/view';
import { finished, noBranch } from './branch';
import { openConnection } from './connection';
import { Journey } from './journey';
import { sidecarProxy } from './mesh-proxy';
import { Reasons } from './reasons/reasons';
import type { Request, TracedPath } from './request';

/**
 * Follows a request from a pod with a sidecar through every proxy to where it ends, along every branch. Never
 * empty: what cannot be followed says so.
 *
 * With `explained` every hop also has its `alternatives`, which cost more than the way itself.
 */
export function trace(
  view: View,
  request: Request,
  { explained = false }: { readonly explained?: boolean } = {},
): readonly TracedPath[] {
  if (isAmbient(view, request)) {
    const reason = 'namespaces in ambient mode are not followed: ztunnel and waypoints decide there';
    return [finished(noBranch, { outcome: 'not-evaluated', reason })];
  }
  const proxy = sidecarProxy(view, request.from.namespace, request.from.labels);
  const connection = openConnection(request, addressOf(view, request));
  const journey = new Journey(view, request, explained ? new Reasons(view) : undefined);
  journey.throughSidecar(proxy, connection);
  return journey.paths;
}

const dataplaneLabel = 'istio.io/dataplane-mode';

/** A pod may leave the mode of its namespace, or enter it alone. */
function isAmbient(view: View, { from }: Request): boolean {
  const namespace = view.find('Namespace', '', from.namespace);
  return (from.labels?.[dataplaneLabel] ?? namespace?.labels[dataplaneLabel]) === 'ambient';
}

/** DNS answers for Services of the cluster; what it says of other names is not in the files. */
function addressOf(view: View, { address, host, from }: Request): string | undefined {
  if (address !== undefined || isIpAddress(host)) {
    return address ?? host;
  }
  const [name, namespace = from.namespace, ...rest] = host.split('.');
  const local = ['', 'svc', `svc.${clusterDomain}`].includes(rest.join('.'));
  const hostname = serviceHostname(name!, namespace);
  const service = local && servicesNamed(view, hostname).find((it) => it.registry === 'kubernetes');
  return service && service.address !== anyAddress ? service.address : undefined;
}
