import { isIpAddress, isWildcard, kubernetesName, resolveGatewayName } from '../mesh/hosts';
import { servicesNamed } from '../mesh/registry';
import { fields, items } from '../model/guards';
import type { TrafficKind } from '../model/resource';
import type { View } from '../workspace/view';

/** Why no route can be generated for the host, in words for its user. */
export function reasonToRefuse(view: View, host: string): string | undefined {
  return unroutableName(view, host) ?? brokenDocument(view, host) ?? routedOtherwise(view, host);
}

function unroutableName(view: View, host: string): string | undefined {
  if (isWildcard(host)) {
    return `"${host}" stands for many hosts, and a gateway has to know one to send requests to: generate a route for each host`;
  }
  if (
    isIpAddress(host) ||
    !/^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(host)
  ) {
    return `"${host}" is no full host name, such as "edition.cnn.com"`;
  }
  if (kubernetesName(host) || servicesNamed(view, host).some((it) => it.registry === 'kubernetes')) {
    return `"${host}" is a Service of the cluster, so requests to it do not leave the mesh`;
  }
  return undefined;
}

/** A document that is there and cannot be read as a whole would only be written a second time. */
function brokenDocument(view: View, host: string): string | undefined {
  const unread = (kind: TrafficKind, namespace: string, name: string): boolean =>
    view.declares(kind, namespace, name) && !view.find(kind, namespace, name);
  const kind = (['ServiceEntry', 'VirtualService', 'DestinationRule'] as const).find(
    (it) => view.declaresHost(it, host) && view.byHost(it, host).length === 0,
  );
  const gateway = view
    .byHost('VirtualService', host)
    .flatMap((vs) => (vs.spec.gateways ?? []).map((it) => resolveGatewayName(it, vs.namespace)))
    .find((id) => unread('Gateway', id.split('/')[0]!, id.split('/')[1] ?? ''));
  const what = gateway === undefined ? kind && `The ${kind}` : `The Gateway "${gateway}"`;
  return (
    what &&
    `${what} for "${host}" has errors or is filled in by a template: put it right before the route is completed`
  );
}

/** Routes of the Gateway API are not merged with those of a VirtualService: one of the two wins. */
function routedOtherwise(view: View, host: string): string | undefined {
  const names = new Set(view.byHost('ServiceEntry', host).map((it) => it.name));
  const route = view.all('Other').find(
    (it) =>
      it.apiVersion.startsWith('gateway.networking.k8s.io/') &&
      items(it.spec.parentRefs).some((parent) => {
        const { kind, name } = fields(parent);
        return kind === 'ServiceEntry' && typeof name === 'string' && names.has(name);
      }),
  );
  return (
    route &&
    `"${host}" is routed by the ${route.writtenKind} "${route.namespace}/${route.name}" of the Gateway API: complete its route there`
  );
}
