import { likelyClients, namespacesText } from '../../intent/clients';
import { type AnyRoute, routeCountsAt, routesOf } from '../../intent/hops';
import { proxiesReached } from '../../intent/proxies-reached';
import { compareAge } from '../../mesh/age';
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
import type { YamlValue } from '../../yaml/edit';
import { missingSeverity } from '../missing';
import { reachRule } from '../reach-rule';
import { edit, type RuleFinding, type RuleFix, rule } from '../rule';

export const subsetNotDefined = rule({
  name: 'virtual-service/subset-not-defined',
  istio: 'IST0101',
  layer: 'traffic',
  severity: 'error',
  summary: 'A route names a subset that the DestinationRule its clients look up does not have.',
  on: 'VirtualService',

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
  for (const namespace of proxyNamespaces(view, virtualService, route, destination)) {
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
  destination: Destination,
): readonly string[] {
  const mesh = routeCountsAt(virtualService, route, meshGateway) ? likelyClients(view, virtualService) : [];
  const atGateways = proxiesReached(view, virtualService, route)
    // A gateway that follows a route to itself has another problem.
    .filter((it) => it.service.hostname !== destination.host)
    .map((it) => it.namespace);
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
  const [other] = others;
  const certain = decides !== undefined || (other !== undefined && isFor(other, service));
  return {
    path,
    message: message(view, subset, namespace, service, decides, other),
    severity: certain
      ? 'error'
      : isRefused(view, service)
        ? 'info'
        : missingSeverity(view, other !== undefined),
    related: [
      ...(decides
        ? [{ resource: decides, path: ['spec', 'subsets'], message: 'The rule that decides' }]
        : []),
      ...others.map((it) => ({
        resource: it,
        path: ['spec', 'host'],
        message: 'This rule has the subset, but these clients do not follow it',
      })),
    ],
    fixes: [
      ...fixes(resource, path, subset, near, decides),
      ...(decides || !other ? [] : reachRule(view, other, service, namespace)),
      ...(decides || isRefused(view, service)
        ? []
        : ruleBeside(view, resource, subset, { namespace, service }, other)),
      ...(decides || other || isRefused(view, service) ? [] : [withoutSubset(resource, path)]),
    ],
  };
}

function message(
  view: View,
  subset: string,
  namespace: string,
  service: MeshService,
  decides: Resource<'DestinationRule'> | undefined,
  other: Resource<'DestinationRule'> | undefined,
): string {
  const { hostname } = service;
  const consequence = `so these requests fail with 503`;
  if (decides) {
    return `Subset "${subset}" is not in the DestinationRule "${decides.namespace}/${decides.name}" that proxies of ${namespacesText(namespace)} follow for "${hostname}", ${consequence}`;
  }
  if (other && !isFor(other, service)) {
    return `The DestinationRule "${other.namespace}/${other.name}" that defines subset "${subset}" is for "${resolveShortName(other.spec.host ?? '', other.namespace)}" and not for "${hostname}", ${consequence}`;
  }
  if (other) {
    return `Proxies of ${namespacesText(namespace)} do not see the DestinationRule "${other.namespace}/${other.name}" that defines subset "${subset}" of "${hostname}", ${consequence}`;
  }
  return view.settings.closedWorld
    ? `No DestinationRule defines subset "${subset}" of "${hostname}" for proxies of ${namespacesText(namespace)}, ${consequence}`
    : `No DestinationRule of these files defines subset "${subset}" of "${hostname}"; unless the cluster has one, these requests fail with 503`;
}

/** Rules that have the subset, wherever they are: those for the host first, then those for a Service of its name. */
function rulesWith(view: View, service: MeshService, subset: string): readonly Resource<'DestinationRule'>[] {
  const all = view
    .all('DestinationRule')
    .filter(({ spec }) => spec.subsets?.some((it) => it.name === subset))
    .toSorted(compareAge);
  const exact = all.filter((it) => isFor(it, service));
  const alike = all.filter(
    ({ spec }) => service.registry === 'kubernetes' && spec.host?.split('.')[0] === service.name,
  );
  return exact.length > 0 ? exact : alike;
}

function isFor({ spec, namespace }: Resource<'DestinationRule'>, { hostname }: MeshService): boolean {
  return resolveShortName(spec.host ?? '', namespace) === hostname;
}

/** A rule for the host is there, and the cluster refuses it, which is told where it stands. */
function isRefused(view: View, { hostname, name, registry }: MeshService): boolean {
  const names = registry === 'kubernetes' ? [hostname, name] : [hostname];
  return names.some(
    (it) => view.declaresHost('DestinationRule', it) && view.byHost('DestinationRule', it).length === 0,
  );
}

/**
 * For clients that live beside the route, a rule there is the narrowest: nobody else follows it. One that is elsewhere
 * is for others, who need it where it is.
 */
function ruleBeside(
  view: View,
  resource: Resource<'VirtualService'>,
  subset: string,
  { namespace, service }: Pick<Lookup, 'namespace' | 'service'>,
  other: Resource<'DestinationRule'> | undefined,
): RuleFix[] {
  const name = other?.name ?? `${service.name}-${subset}`;
  if (
    namespace !== resource.namespace ||
    service.registry !== 'kubernetes' ||
    view.declares('DestinationRule', namespace, name)
  ) {
    return [];
  }
  const object = {
    apiVersion: resource.apiVersion,
    kind: 'DestinationRule',
    metadata: { name, ...(resource.namespaceKnown && { namespace }) },
    spec: {
      host: service.hostname,
      trafficPolicy: other?.spec.trafficPolicy,
      subsets: other?.spec.subsets?.filter((it) => it.name === subset) ?? [{ name: subset }],
    },
  } as unknown as YamlValue;
  return [
    {
      title: `Define subset "${subset}" in a DestinationRule beside the route`,
      changes: [{ resource, object }],
    },
  ];
}

/** The rule that defines it may have been forgotten as well, so nobody is urged to do without. */
function withoutSubset(resource: Resource<'VirtualService'>, path: readonly (string | number)[]): RuleFix {
  return edit('Send without a subset', resource, [{ op: 'remove', path }]);
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
  return [...change, ...add];
}
