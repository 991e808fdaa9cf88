import { gatewayProxies } from '../mesh/gateways';
import type { MergedVirtualService } from '../mesh/virtual-services';
import { isExportedTo } from '../mesh/visibility';
import type { View } from '../workspace/view';

/**
 * The namespaces whose requests a VirtualService was written for, as far as the files name them: its own, those it
 * is exported to by name, and those with workloads that see it. A namespace nobody names may not exist, so nothing
 * is claimed about it.
 */
export function clientNamespaces(
  view: View,
  virtualService: Pick<MergedVirtualService, 'namespace' | 'exportTo'>,
): readonly string[] {
  const { namespace, exportTo } = virtualService;
  const gateways = gatewayNamespaces(view);
  const named = exportTo.filter((it) => it !== '*' && it !== '~' && it !== '.');
  const visible = workloadNamespaces(view).filter((it) => isExportedTo(exportTo, namespace, it));
  return [...new Set([namespace, ...[...named, ...visible].filter((it) => !gateways.has(it))])];
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
