import { likelyClients, namespacesText } from '../../intent/clients';
import { type AnyRoute, routeCountsAt, routesOf } from '../../intent/hops';
import { proxiesReached } from '../../intent/proxies-reached';
import { isWildcard, kubernetesName, meshGateway } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { sameResource } from '../../mesh/origin';
import { allServices, findService, servicesNamed } from '../../mesh/registry';
import { sidecarScope } from '../../mesh/sidecars';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import { nearest } from '../../text/nearest';
import type { View } from '../../workspace/view';
import type { Path } from '../../yaml/node';
import { exportEdit, exportTitle } from '../export-edit';
import { isOnlyAssumed, isSlip, missingSeverity } from '../missing';
import { aroundMissing, registrationFixes } from '../registration';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const destinationNotRegistered = rule({
  name: 'virtual-service/destination-not-registered',
  istio: 'IST0101',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route leads to a host that the proxies which follow it do not know.',
  on: 'VirtualService',

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    for (const route of routesOf(virtualService)) {
      for (const { destination, origin } of route.destinations) {
        const host = destination.host ?? '';
        const namespace = sameResource(origin.resource, resource)
          ? blindNamespace(view, virtualService, route, host)
          : undefined;
        if (namespace !== undefined) {
          yield finding(view, virtualService, [...origin.path, 'host'], host, namespace);
        }
      }
    }
  },
});

/** The first namespace whose proxies follow the route and do not know its destination. */
function blindNamespace(
  view: View,
  virtualService: MergedVirtualService,
  route: AnyRoute,
  host: string,
): string | undefined {
  const isMesh = routeCountsAt(virtualService, route, meshGateway) || virtualService.hosts.length === 0;
  const clients = isMesh ? likelyClients(view, virtualService) : [];
  // A route brings its destinations of the same namespace along, whoever they are exported to.
  const unknown = clients.find(
    (namespace) => !findService(view, namespace, host) && !sidecarScope(view, namespace).services.has(host),
  );
  if (unknown !== undefined) {
    return unknown;
  }
  const proxies = proxiesReached(view, virtualService, route);
  return proxies.find((proxy) => !findService(view, proxy.namespace, host, 'gateway'))?.namespace;
}

function finding(
  view: View,
  virtualService: MergedVirtualService,
  path: Path,
  host: string,
  namespace: string,
): RuleFinding {
  const hidden = servicesNamed(view, host)[0]?.resource;
  if (hidden) {
    return {
      path,
      message: `Proxies of ${namespacesText(namespace)} do not see "${host}": it is not exported to them, so these requests fail with 503`,
      related: [{ resource: hidden, path: exportPath(hidden), message: 'Here is said who may see it' }],
      fixes: exportFix(hidden, namespace),
    };
  }
  const { resource } = virtualService;
  const registered = registrationFixes(view, virtualService, host);
  const meant = registered.length > 0 ? undefined : suggest(view, host);
  return {
    path,
    message: view.settings.closedWorld
      ? `"${host}" is not registered in the mesh: no Service and no ServiceEntry has this host, so these requests fail with 503`
      : `No Service and no ServiceEntry of these files has the host "${host}"; unless the cluster has one, these requests fail with 503`,
    severity:
      view.declaresHost('ServiceEntry', host) || view.hasPartial('ServiceEntry')
        ? 'info'
        : missingSeverity(view, meant?.isLikely === true || registered.length > 0),
    related: aroundMissing(view, virtualService, host, path),
    fixes: meant
      ? [
          edit(`Change to "${meant.host}"`, resource, [{ op: 'set', path, value: meant.host }], {
            preferred: meant.isLikely,
          }),
        ]
      : registered,
  };
}

/** A Service says it in an annotation, which is one text, so that is left to its author. */
function exportPath({ kind }: Resource): Path {
  return kind === 'Service' ? ['metadata', 'annotations'] : ['spec', 'exportTo'];
}

function exportFix(hidden: Resource<'Service' | 'ServiceEntry'>, namespace: string): RuleFix[] {
  if (hidden.kind === 'Service') {
    return [];
  }
  const change = exportEdit(hidden, namespace);
  return [edit(exportTitle(`"${hidden.name}"`, namespace), hidden, [change], { preferred: true })];
}

interface Suggestion {
  readonly host: string;
  /** Whether a slip is likelier than a host that lives elsewhere. */
  readonly isLikely: boolean;
}

/** A name spelt almost like it, or the whole name of a Service that was written without its end. */
function suggest(view: View, host: string): Suggestion | undefined {
  const services = allServices(view).filter((it) => !isWildcard(it.hostname));
  const whole = services.find(
    ({ hostname }) => kubernetesName(hostname) !== undefined && hostname.startsWith(`${host}.`),
  );
  if (whole) {
    return { host: whole.hostname, isLikely: true };
  }
  const slip = services.find(({ hostname }) => isSlip(host, hostname));
  if (slip) {
    return { host: slip.hostname, isLikely: true };
  }
  const own = kubernetesName(host);
  const elsewhere = services.find((it) => own && kubernetesName(it.hostname)?.name === own.name);
  if (elsewhere) {
    // A gateway that nobody wrote down is no reason to doubt one in another namespace.
    return { host: elsewhere.hostname, isLikely: !isOnlyAssumed(view, elsewhere) };
  }
  const near = nearest(host, new Set(services.map((it) => it.hostname)));
  return near === undefined ? undefined : { host: near, isLikely: false };
}
