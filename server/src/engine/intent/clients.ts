import { isSelectedBy } from '../mesh/destination-rules';
import { meshFacts } from '../mesh/facts';
import { gatewayNameLabel } from '../mesh/gateway-api/classes';
import { gatewayProxies } from '../mesh/gateways';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { servicesNamed } from '../mesh/registry';
import { isExportedTo } from '../mesh/visibility';
import { type Pod, podsIn } from '../mesh/workloads';
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

/** Stands for the namespaces that no document names: they see what is exported to all. No namespace has this name. */
export const otherNamespaces = '(others)';

/**
 * The same where the files name some. A VirtualService that lives beside the gateway and that all may see was written
 * for somebody else: for those who register its hosts, or else for namespaces that nobody names.
 */
export function likelyClients(
  view: View,
  virtualService: Pick<MergedVirtualService, 'namespace' | 'exportTo' | 'hosts'>,
): readonly string[] {
  const { namespace, exportTo, hosts } = virtualService;
  const known = clientNamespaces(view, virtualService);
  const isForOthers =
    known.join() === namespace && exportTo.includes('*') && isForGatewaysAlone(view, namespace);
  if (!isForOthers) {
    return known;
  }
  const homes = hosts.flatMap((host) => servicesNamed(view, host).map((it) => it.namespace));
  const applications = homes.filter((it) => !gatewayNamespaces(view).has(it));
  return applications.length > 0 ? [...new Set(applications)] : [otherNamespaces];
}

/** Namespaces for people to read. */
export function namespacesText(...namespaces: readonly string[]): string {
  const named = [...new Set(namespaces)].filter((it) => it !== otherNamespaces);
  const parts = [
    ...(named.length > 0 ? [`namespace ${named.map((it) => `"${it}"`).join(', ')}`] : []),
    ...(namespaces.includes(otherNamespaces) ? ['namespaces that no file names'] : []),
  ];
  return parts.join(' and ');
}

/**
 * Whether a gateway is all that the files show in a namespace. Gateways that the Gateway API makes live beside the
 * applications they serve, so one of these says nothing.
 */
export function isForGatewaysAlone(view: View, namespace: string): boolean {
  return view.derive('intent/for-gateways-alone', namespace, () => {
    const selectors = gatewayProxies(view)
      .filter((it) => it.namespace === namespace)
      .flatMap(({ service }) => (service.selector ? [service.selector] : []));
    const own = selectors.filter((it) => it[gatewayNameLabel] === undefined);
    const isGateway = ({ labels }: Pod): boolean => selectors.some((it) => isSelectedBy(it, labels));
    return own.length > 0 && podsIn(view, namespace).every(isGateway);
  });
}

/** Where gateways live. Their pods are no clients of what they forward. */
export function gatewayNamespaces(view: View): ReadonlySet<string> {
  return view.derive(
    'intent/gateway-namespaces',
    '',
    () => new Set(gatewayProxies(view).map((it) => it.namespace)),
  );
}

/**
 * Namespaces in which something shows that requests come from there: workloads, or what only clients there heed. In the
 * root namespace the latter are for the whole mesh.
 */
function workloadNamespaces(view: View): readonly string[] {
  return view.lookUp('intent/workload-namespaces', '', () => {
    const root = meshFacts(view).rootNamespace.value;
    const heeded = [...view.all('Sidecar'), ...view.all('DestinationRule')].filter(
      (it) => it.namespace !== root,
    );
    const signs = [...view.all('Workload'), ...heeded];
    return new Map([['', [...new Set(signs.map((it) => it.namespace))]]]);
  });
}
