import { gatewaysOn } from '../../mesh/gateways';
import { hostsOverlap, splitNamespacedHost } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { origin } from '../../mesh/origin';
import { virtualServices } from '../../mesh/virtual-services';
import { isExportedTo } from '../../mesh/visibility';
import { objectName } from '../../model/object-name';
import type { View } from '../../workspace/view';
import type { MeshProxy } from '../mesh-proxy';
import type { Alternative } from '../request';
import { listed } from './match-words';

/** Why nothing on a gateway has a host: VirtualServices that have it elsewhere, and servers that do not let it in. */
export function bindingReasons(view: View, proxy: MeshProxy, host: string): readonly Alternative[] {
  if (!proxy.gateway) {
    return [];
  }
  const gateways = gatewaysOn(view, proxy.gateway);
  const serves = (names: readonly string[]): boolean =>
    names.some((it) => hostsOverlap(splitNamespacedHost(it).host, host));
  const servers = gateways
    .flatMap((it) => it.servers)
    .filter((it) => !serves(it.hosts))
    .map((it): Alternative => {
      return {
        origin: it.origin,
        reason: `${objectName(it.origin.resource)} serves ${listed(it.hosts, 'and')} only`,
      };
    });
  const routes = virtualServices(view)
    .filter((it) => it.hosts.some((own) => hostsOverlap(own, host)))
    .flatMap((it): Alternative[] => {
      const reason = whyUnbound(it, new Set(gateways.map((own) => own.id)), proxy.namespace);
      const at = origin(it.resource, 'spec', it.gateways.includes('mesh') ? 'hosts' : 'gateways');
      return reason === undefined ? [] : [{ origin: at, reason: `${objectName(it.resource)} ${reason}` }];
    });
  return [...routes, ...servers].slice(0, most);
}

const most = 5;

function whyUnbound(
  { gateways, exportTo, namespace }: MergedVirtualService,
  here: ReadonlySet<string>,
  gatewayNamespace: string,
): string | undefined {
  if (!gateways.some((it) => here.has(it))) {
    return `has this host, but is bound to ${listed(gateways, 'and')} and to no Gateway of this proxy`;
  }
  return isExportedTo(exportTo, namespace, gatewayNamespace)
    ? undefined
    : `has this host, but is not exported to namespace "${gatewayNamespace}" of the gateway`;
}
