import { gatewayNamespaces } from '../../intent/clients';
import { type GatewayHop, hopsOf, isFromMesh } from '../../intent/hops';
import { hostsOnHop, reception } from '../../intent/reception';
import { gatewaysOn } from '../../mesh/gateways';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { mergedVirtualService } from '../../mesh/virtual-services';
import { isExportedTo, visibilityOf } from '../../mesh/visibility';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { exportEdit } from '../export-edit';
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
      const message = `This VirtualService is exported to gateways only, so no sidecar sends "${virtualService.hosts[0]}" to the gateway "${hop.proxy.id}"`;
      yield finding(view, resource, hop, message, '.');
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

/** Exported by name, and to nobody but gateways; its own namespace is left out too. */
function isForGatewaysOnly(view: View, { exportTo, namespace }: MergedVirtualService): boolean {
  const gateways = gatewayNamespaces(view);
  return exportTo.every((it) => it !== namespace && (it === '~' || gateways.has(it)));
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
  const change = exportEdit(resource, missing);
  return {
    path,
    part: 'key',
    message,
    related: [
      ...(origin && from !== 'own' ? [{ ...origin, message: 'Here is said what holds without it' }] : []),
      { ...hop.origin, message: 'This destination is the gateway' },
    ],
    fixes: [
      edit(`Export it to ${missing === '.' ? 'its own namespace' : `"${missing}"`} too`, resource, [change], {
        preferred: true,
      }),
    ],
  };
}
