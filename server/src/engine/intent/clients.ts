import { gatewayProxies } from '../mesh/gateways';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { isExportedTo } from '../mesh/visibility';
import type { View } from '../workspace/view';

/**
 * The namespaces whose requests a VirtualService was written for, as far as the files say: its own and those it is
 * exported to by name. One that lives beside the gateway is for others, so there it is for every namespace with
 * workloads that sees it. A namespace nobody names may not exist, so nothing is claimed about it.
 */
export function clientNamespaces(
  view: View,
  virtualService: Pick<MergedVirtualService, 'namespace' | 'exportTo'>,
): readonly string[] {
  const { namespace, exportTo } = virtualService;
  const gateways = gatewayNamespaces(view);
  const named = [namespace, ...exportTo.filter((it) => it !== '*' && it !== '~' && it !== '.')];
  const meant = named.filter((it) => !gateways.has(it));
  if (meant.length > 0) {
    return [...new Set(meant)];
  }
  const visible = workloadNamespaces(view).filter(
    (it) => isExportedTo(exportTo, namespace, it) && !gateways.has(it),
  );
  return [...new Set([namespace, ...visible])];
}

/** Where gateways live. Their pods are no clients of what they forward. */
export function gatewayNamespaces(view: View): ReadonlySet<string> {
  return view.derive(
    'intent/gateway-namespaces',
    '',
    () => new Set(gatewayProxies(view).map((it) => it.namespace)),
  );
}

function workloadNamespaces(view: View): readonly string[] {
  return view.derive('intent/workload-namespaces', '', () => [
    ...new Set([...view.all('Workload'), ...view.all('Sidecar')].map((it) => it.namespace)),
  ]);
}
