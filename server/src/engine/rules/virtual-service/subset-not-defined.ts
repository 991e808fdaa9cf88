import { clientNamespaces } from '../../intent/clients';
import { type AnyRoute, routeCountsAt, routesOf } from '../../intent/hops';
import { proxiesReached } from '../../intent/proxies-reached';
import { destinationRule, subsetOf } from '../../mesh/destination-rules';
import { meshGateway, resolveShortName } from '../../mesh/hosts';
import type { MergedVirtualService } from '../../mesh/merged-virtual-service';
import { sameResource } from '../../mesh/origin';
import { findService } from '../../mesh/registry';
import type { MeshService } from '../../mesh/service';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { Destination } from '../../model/specs';
import { nearest } from '../../text/nearest';
import type { View } from '../../workspace/view';
import { missingSeverity } from '../missing';
import { edit, everyProfile, type RuleFinding, type RuleFix, rule } from '../rule';

export const subsetNotDefined = rule({
  name: 'virtual-service/subset-not-defined',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route names a subset that the DestinationRule its clients look up does not have.',
  on: 'VirtualService',
  profiles: everyProfile.filter((it) => it !== 'istioctl'),

  *check(resource, view) {
    const virtualService = mergedVirtualService(view, resource);
    for (const route of routesOf(virtualService)) {
      for (const { destination, origin } of route.destinations) {
        const found = destination.subset ? lookUp(view, virtualService, route, destination) : undefined;
        if (found && sameResource(origin.resource, resource)) {
          yield finding(view, resource, [...origin.path, 'subset'], destination, found);
        }
      }
    }
  },
});

interface Lookup {
  readonly namespace: string;
  readonly service: MeshService;
  /** The rule that decides, when there is one. */
  readonly rule: Resource<'DestinationRule'> | undefined;
}

/** The first namespace whose proxies follow the route and do not find the subset. */
function lookUp(
  view: View,
  virtualService: MergedVirtualService,
  route: AnyRoute,
  destination: Destination,
): Lookup | undefined {
  for (const namespace of proxyNamespaces(view, virtualService, route)) {
    const service = findService(view, namespace, destination.host ?? '');
    const decides = service && destinationRule(view, namespace, service);
    if (service && !subsetOf(decides, destination.subset!)) {
      return { namespace, service, rule: decides?.from[0] };
    }
  }
  return undefined;
}

function proxyNamespaces(
  view: View,
  virtualService: MergedVirtualService,
  route: AnyRoute,
): readonly string[] {
  const mesh = routeCountsAt(virtualService, route, meshGateway)
    ? clientNamespaces(view, virtualService)
    : [];
  const atGateways = proxiesReached(view, virtualService, route).map((it) => it.namespace);
  return [...new Set([...mesh, ...atGateways])];
}

function finding(
  view: View,
  resource: Resource<'VirtualService'>,
  path: readonly (string | number)[],
  { subset = '' }: Destination,
  { namespace, service, rule: decides }: Lookup,
): RuleFinding {
  const others = rulesWith(view, service, subset);
  const names = decides?.spec.subsets?.flatMap((it) => it.name ?? []) ?? [];
  const near = nearest(subset, names);
  const certain = decides !== undefined || others.length > 0;
  return {
    path,
    message: message(view, subset, namespace, service, decides, others[0]),
    severity: certain
      ? 'error'
      : missingSeverity(view, view.hasPartial('DestinationRule') === false && near !== undefined),
    related: (decides ? [decides] : others).map((it) => ({
      resource: it,
      path: it === decides ? ['spec', 'subsets'] : ['spec', 'host'],
      message:
        it === decides
          ? 'The rule that decides'
          : 'This rule has the subset, but these clients do not see it',
    })),
    fixes: fixes(resource, path, subset, near, decides),
  };
}

function message(
  view: View,
  subset: string,
  namespace: string,
  { hostname }: MeshService,
  decides: Resource<'DestinationRule'> | undefined,
  other: Resource<'DestinationRule'> | undefined,
): string {
  const consequence = `so these requests fail with 503`;
  if (decides) {
    return `Subset "${subset}" is not in the DestinationRule "${decides.namespace}/${decides.name}" that proxies of namespace "${namespace}" follow for "${hostname}", ${consequence}`;
  }
  if (other) {
    return `Proxies of namespace "${namespace}" do not see the DestinationRule "${other.namespace}/${other.name}" that defines subset "${subset}" of "${hostname}", ${consequence}`;
  }
  return view.settings.closedWorld
    ? `No DestinationRule defines subset "${subset}" of "${hostname}" for proxies of namespace "${namespace}", ${consequence}`
    : `No DestinationRule of these files defines subset "${subset}" of "${hostname}"; unless the cluster has one, these requests fail with 503`;
}

/** Rules for the host that have the subset, wherever they are. */
function rulesWith(
  view: View,
  { hostname }: MeshService,
  subset: string,
): readonly Resource<'DestinationRule'>[] {
  return view
    .all('DestinationRule')
    .filter(
      ({ namespace, spec }) =>
        resolveShortName(spec.host ?? '', namespace) === hostname &&
        spec.subsets?.some((it) => it.name === subset),
    );
}

function fixes(
  resource: Resource<'VirtualService'>,
  path: readonly (string | number)[],
  subset: string,
  near: string | undefined,
  decides: Resource<'DestinationRule'> | undefined,
): RuleFix[] {
  const change =
    near === undefined
      ? []
      : [edit(`Change to "${near}"`, resource, [{ op: 'set', path, value: near }], { preferred: true })];
  const add = decides
    ? [
        edit(
          `Add subset "${subset}" to "${decides.namespace}/${decides.name}"`,
          decides,
          [{ op: 'insert', path: ['spec', 'subsets'], value: { name: subset } }],
          { preferred: near === undefined },
        ),
      ]
    : [];
  const drop = edit('Route without a subset', resource, [{ op: 'remove', path }], {});
  return [...change, ...add, drop];
}
