import { gatewayNamespaces, isForGatewaysAlone, otherNamespaces } from '../../intent/clients';
import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { isNamedElsewhere } from '../../intent/named-namespaces';
import { hostsOnHop, reception } from '../../intent/reception';
import { meshFacts } from '../../mesh/facts';
import { gatewaysOn } from '../../mesh/gateways';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { isServiceVisible, servicesNamed } from '../../mesh/registry';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { isExportedTo, visibilityOf } from '../../mesh/visibility';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { exportEdits, exportTitle } from '../export-edit';
import { isSlip } from '../missing';
import { edit, type RuleFinding, rule } from '../rule';

export const notExported = rule({
  name: 'virtual-service/not-exported',
  layer: 'traffic',
  severity: 'error',
  summary: 'A VirtualService is not exported to the sidecars, or not to the gateway, that need its routes.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    const hops = hopsOf(view, virtualService).filter(isFromMesh);
    const [hop] = hops;
    if (!hop || virtualService.hosts.length === 0) {
      return;
    }
    if (isForGatewaysOnly(view, virtualService)) {
      const isBeside = gatewayNamespaces(view).has(virtualService.namespace);
      const message = `This VirtualService is exported to gateways only, so no sidecar sends "${virtualService.hosts[0]}" to the gateway "${hop.proxy.id}"`;
      const severity = isBeside ? severityBeside(view, virtualService) : 'error';
      yield { ...finding(view, resource, hop, message, isBeside ? otherNamespaces : '.'), severity };
      return;
    }
    const stranger = unknownReader(view, virtualService);
    if (stranger !== undefined) {
      const message = `This VirtualService is exported to gateways and to namespace "${stranger}", in which nothing is and of which nothing else speaks, so no sidecar that is known sends "${virtualService.hosts[0]}" to the gateway "${hop.proxy.id}"`;
      yield { ...finding(view, resource, hop, message, otherNamespaces), severity: 'warning' };
      return;
    }
    const hidden = hops.find((it) => isHiddenAtGateway(view, it));
    if (hidden) {
      const { id, namespace } = hidden.proxy;
      const message = `This VirtualService is not exported to namespace "${namespace}", so the gateway "${id}" there has no route for "${virtualService.hosts[0]}"`;
      yield finding(view, resource, hidden, message, namespace);
    }
  },
});

/** A team that has a gateway of its own may have its applications in another repository; the root namespace has none. */
function severityBeside(view: View, { namespace }: MergedVirtualService): 'error' | 'warning' | 'info' {
  if (view.settings.closedWorld) {
    return 'error';
  }
  return namespace === meshFacts(view).rootNamespace.value ? 'warning' : 'info';
}

/**
 * Exported to nobody but gateways. Its own namespace counts as theirs only where a gateway is all that the files show in
 * it; a name that is one of these misspelt stands for it.
 */
function isForGatewaysOnly(view: View, { exportTo, namespace }: MergedVirtualService): boolean {
  const gateways = [...gatewayNamespaces(view)].filter(
    (it) => it !== namespace || isForGatewaysAlone(view, namespace),
  );
  return exportTo.every((written) => {
    const name = written === '.' ? namespace : written;
    return name === '~' || gateways.some((it) => it === name || isSlip(name, it));
  });
}

/**
 * The namespace an export beside the gateway is for, where the files are all there is and have nothing of it, while its
 * hosts are there for all.
 */
function unknownReader(view: View, virtualService: MergedVirtualService): string | undefined {
  const { exportTo, namespace, hosts, resource } = virtualService;
  const names = exportTo.filter((it) => it !== namespace && !gatewayNamespaces(view).has(it));
  const isPublic = hosts.some((host) =>
    servicesNamed(view, host).some((it) => isServiceVisible(view, it, otherNamespaces)),
  );
  const isMeantForOthers =
    view.settings.closedWorld && isPublic && isForGatewaysAlone(view, namespace) && !exportTo.includes('*');
  return isMeantForOthers && names.every((it) => !isNamedElsewhere(view, it, resource))
    ? names[0]
    : undefined;
}

/** It is bound to a Gateway there, but the proxy is not given it, and no other one has the routes. */
function isHiddenAtGateway(view: View, hop: GatewayHop): boolean {
  const { virtualService, proxy } = hop;
  const { exportTo, namespace, gateways } = virtualService;
  return (
    !isExportedTo(exportTo, namespace, proxy.namespace) &&
    gatewaysOn(view, proxy).some((it) => gateways.includes(it.id)) &&
    hostsOnHop(hop).some((host) => reception(view, hop, host).state === 'not-bound')
  );
}

function finding(
  view: View,
  resource: Resource<'VirtualService'>,
  hop: GatewayHop,
  message: string,
  missing: string,
): RuleFinding {
  const path = ['spec', 'exportTo'];
  const { from, origin } = visibilityOf(view, resource);
  return {
    path,
    part: 'key',
    message,
    related: [
      ...(origin && from !== 'own' ? [{ ...origin, message: 'Here is said what holds without it' }] : []),
      { ...hop.origin, message: 'This destination is the gateway' },
    ],
    fixes: [
      edit(exportTitle('it', resource, [missing]), resource, exportEdits(resource, [missing]), {
        preferred: true,
      }),
    ],
  };
}
