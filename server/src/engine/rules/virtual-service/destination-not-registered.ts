import { likelyClients, namespacesText } from '../../intent/clients';
import { type AnyRoute, routeCountsAt, routesOf } from '../../intent/hops';
import { proxiesReached } from '../../intent/proxies-reached';
import { routesTo } from '../../intent/routes-to';
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
import { exportEdits, exportTitle } from '../export-edit';
import { isOnlyAssumed, isSlip, missingSeverity } from '../missing';
import { aroundMissing, registrationFixes } from '../registration';
import { edit, type RuleFinding, rule } from '../rule';

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
        const namespaces = sameResource(origin.resource, resource)
          ? blindNamespaces(view, virtualService, route, host)
          : [];
        if (namespaces.length > 0) {
          const path = [...origin.path, 'host'];
          yield hiddenFinding(view, path, host, namespaces) ?? finding(view, virtualService, path, host);
        }
      }
    }
  },
});

/** The namespaces whose proxies follow the route and do not know its destination. */
function blindNamespaces(
  view: View,
  virtualService: MergedVirtualService,
  route: AnyRoute,
  host: string,
): readonly string[] {
  const isMesh = routeCountsAt(virtualService, route, meshGateway) || virtualService.hosts.length === 0;
  const clients = isMesh ? likelyClients(view, virtualService) : [];
  // A route brings its destinations of the same namespace along, whoever they are exported to.
  const unknown = clients.filter(
    (namespace) => !findService(view, namespace, host) && !sidecarScope(view, namespace).services.has(host),
  );
  const proxies = proxiesReached(view, virtualService, route).map((it) => it.namespace);
  return [
    ...new Set([
      ...unknown,
      ...proxies.filter((namespace) => !findService(view, namespace, host, 'gateway')),
    ]),
  ];
}

/** It is registered, and these do not see it. */
function hiddenFinding(
  view: View,
  path: Path,
  host: string,
  namespaces: readonly string[],
): RuleFinding | undefined {
  const hidden = servicesNamed(view, host)[0]?.resource;
  if (!hidden) {
    return undefined;
  }
  // Whoever else leads there needs it too.
  const others = routesTo(view, host).flatMap(({ virtualService, route }) =>
    blindNamespaces(view, virtualService, route, host),
  );
  const all = [...new Set([...namespaces, ...others])];
  return {
    path,
    message: `Proxies of ${namespacesText(namespaces[0]!)} do not see "${host}": it is not exported to them, so these requests fail with 503`,
    related: [{ resource: hidden, path: exportPath(hidden), message: 'Here is said who may see it' }],
    fixes: [
      edit(exportTitle(`"${hidden.name}"`, hidden, all), hidden, exportEdits(hidden, all), {
        preferred: true,
      }),
    ],
  };
}

function finding(view: View, virtualService: MergedVirtualService, path: Path, host: string): RuleFinding {
  const { resource } = virtualService;
  const registered = registrationFixes(view, virtualService, host);
  const suggestion = registered.length > 0 ? undefined : suggest(view, host);
  // A route that leads to a host it is for has the right name, unless the other one is all but the same.
  const isOwn = virtualService.hosts.includes(host);
  const meant = isOwn && !suggestion?.isLikely ? undefined : suggestion;
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

function exportPath({ kind }: Resource): Path {
  return kind === 'Service' ? ['metadata', 'annotations'] : ['spec', 'exportTo'];
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
