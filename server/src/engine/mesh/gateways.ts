import type { Resource } from '../model/resource';
import type { Labels } from '../model/specs';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import { compareAge } from './age';
import { deriveList, memoize } from './derive';
import { isSelectedBy } from './destination-rules';
import { apiListeners } from './gateway-api/listeners';
import { isInCluster, resolveGatewayName, splitNamespacedHost } from './hosts';
import type { MeshGateway, PlacedServer } from './mesh-gateway';
import { sameResource } from './origin';
import { allServices, servicesNamed } from './registry';
import type { MeshService } from './service';
import { type Pod, podsOf } from './workloads';

/** A Service and the proxies behind it. */
export interface GatewayProxy {
  /** `namespace/name` of the Service. */
  readonly id: string;
  readonly service: MeshService;
  readonly pod: Pod;
  readonly namespace: string;
  readonly labels: Labels;
  /** Every Service that leads to these pods: their ports are translated. */
  readonly services: readonly MeshService[];
}

/** Every Gateway, the oldest first. */
export function meshGateways(view: View): readonly MeshGateway[] {
  return deriveList(
    view,
    'mesh/gateways',
    '',
    () =>
      [...view.all('Gateway').map(toGateway), ...apiListeners(view).map((it) => it.gateway)].sort(compareAge),
    sameGateway,
  );
}

function sameGateway(a: MeshGateway, b: MeshGateway): boolean {
  return a === b || (a.serviceHosts === undefined && sameResource(a.resource, b.resource));
}

export const toGateway = memoize((resource: Resource<'Gateway'>): MeshGateway => {
  const servers: PlacedServer[] = [];
  const { selector } = resource.spec;
  const gateway: MeshGateway = {
    id: `${resource.namespace}/${resource.name}`,
    name: resource.name,
    namespace: resource.namespace,
    ...(resource.creationTimestamp !== undefined && { creationTimestamp: resource.creationTimestamp }),
    resource,
    ...(selector && Object.keys(selector).length > 0 && { selector }),
    servers,
  };
  resource.spec.servers?.forEach((server, index) => {
    servers.push({
      gateway,
      server,
      hosts: sanitizeHosts(server.hosts ?? [], resource.namespace),
      origin: { resource, path: ['spec', 'servers', index] },
    });
  });
  return gateway;
});

function sanitizeHosts(hosts: readonly string[], home: string): readonly string[] {
  if (hosts.includes('*/*')) {
    return ['*'];
  }
  return hosts.map((written) => {
    const { namespace, host } = splitNamespacedHost(written);
    if (namespace === undefined || namespace === '*') {
      return host;
    }
    return `${namespace === '.' ? home : namespace}/${host}`;
  });
}

/** The names a server takes from VirtualServices of a namespace. */
export function serverHostsFor(server: PlacedServer, virtualServiceNamespace: string): readonly string[] {
  return server.hosts.flatMap((written) => {
    const { namespace, host } = splitNamespacedHost(written);
    return namespace === undefined || namespace === virtualServiceNamespace ? [host] : [];
  });
}

/** The Gateways that VirtualServices call `id`: one object, or the listeners of one. */
export function gatewaysNamed(view: View, id: string): readonly MeshGateway[] {
  return view.lookUp(
    'mesh/gateways-named',
    id,
    () => groupBy(meshGateways(view), (it) => it.id),
    sameGateway,
  );
}

/** The Gateway a VirtualService of `namespace` means by `name`. `mesh` is none. */
export function findGateway(view: View, name: string, namespace: string): Resource<'Gateway'> | undefined {
  const [home, short] = resolveGatewayName(name, namespace).split('/');
  return short === undefined ? undefined : view.find('Gateway', home!, short);
}

/** Every gateway of the scope: a Service with pods that some Gateway selects, or with nothing in them but a proxy. */
export function gatewayProxies(view: View): readonly GatewayProxy[] {
  return deriveList(
    view,
    'mesh/gateway-proxies',
    '',
    () =>
      allServices(view)
        .filter((it) => it.registry === 'kubernetes')
        .flatMap((it) => findGatewayProxy(view, it.hostname) ?? []),
    sameProxy,
  );
}

/** The gateway behind a cluster-local name. */
export function findGatewayProxy(view: View, hostname: string): GatewayProxy | undefined {
  // Most names are external, and nothing needs to be kept for those.
  if (!isInCluster(hostname)) {
    return undefined;
  }
  let last: GatewayProxy | undefined;
  return view.derive('mesh/gateway-proxy', hostname, () => {
    const service = servicesNamed(view, hostname).find((it) => it.registry === 'kubernetes');
    const next = service && computeProxy(view, service);
    last = last && next && sameProxy(last, next) ? last : next;
    return last;
  });
}

function computeProxy(view: View, service: MeshService): GatewayProxy | undefined {
  const pods = podsOf(view, service);
  const selections = podSelections(view);
  const pod =
    pods.find((it) => selections.some((gateway) => selects(gateway, it.labels, service))) ??
    pods.find((it) => it.proxyOnly);
  if (!pod) {
    return undefined;
  }
  const services = allServices(view).filter(
    (it) =>
      it.registry === 'kubernetes' &&
      it.namespace === pod.namespace &&
      it.selector !== undefined &&
      Object.keys(it.selector).length > 0 &&
      isSelectedBy(it.selector, pod.labels),
  );
  return {
    id: `${service.namespace}/${service.name}`,
    service,
    pod,
    namespace: pod.namespace,
    labels: pod.labels,
    services,
  };
}

/** What Gateways select pods by, each once: a thousand Gateways mostly select the same ones. */
function podSelections(view: View): readonly PodSelection[] {
  return deriveList(
    view,
    'mesh/pod-selections',
    '',
    () => {
      const all = meshGateways(view).map(
        ({ namespace, selector, serviceHosts }): PodSelection =>
          serviceHosts ? { namespace, serviceHosts } : { namespace: '', ...(selector && { selector }) },
      );
      return [...new Map(all.map((it) => [JSON.stringify(it), it])).values()];
    },
    (a, b) => JSON.stringify(a) === JSON.stringify(b),
  );
}

/** Without the namespace where it makes no difference. */
type PodSelection = Pick<MeshGateway, 'namespace' | 'selector' | 'serviceHosts'>;

function selects(gateway: PodSelection, labels: Labels, service: MeshService): boolean {
  if (gateway.serviceHosts) {
    return gateway.namespace === service.namespace && gateway.serviceHosts.includes(service.hostname);
  }
  return gateway.selector !== undefined && isSelectedBy(gateway.selector, labels);
}

function sameProxy(a: GatewayProxy, b: GatewayProxy): boolean {
  return (
    a.id === b.id &&
    JSON.stringify(a.labels) === JSON.stringify(b.labels) &&
    a.services.length === b.services.length &&
    a.services.every((it, index) => it === b.services[index])
  );
}

/** Whether a Gateway is configured on the pods of a gateway. */
export function runsOn(gateway: MeshGateway, proxy: GatewayProxy): boolean {
  if (gateway.serviceHosts) {
    return proxy.services.some(
      (it) => it.namespace === gateway.namespace && gateway.serviceHosts!.includes(it.hostname),
    );
  }
  return gateway.selector === undefined || isSelectedBy(gateway.selector, proxy.labels);
}

/** The Gateways that are configured on a gateway's pods, the oldest first. */
export function gatewaysOn(view: View, proxy: GatewayProxy): readonly MeshGateway[] {
  const { hostname } = proxy.service;
  return deriveList(view, 'mesh/gateways-on', hostname, () => {
    const current = findGatewayProxy(view, hostname);
    const all = meshGateways(view).filter((it) => current && runsOn(it, current));
    const homes = new Set(all.flatMap((it) => (it.managed ? [it.namespace] : [])));
    return homes.size === 0 ? all : all.filter((it) => it.serviceHosts || homes.has(it.namespace));
  });
}

/** The gateways a Gateway is configured on. */
export function proxiesOf(view: View, gateway: MeshGateway): readonly GatewayProxy[] {
  return gatewayProxies(view).filter((it) => runsOn(gateway, it));
}
