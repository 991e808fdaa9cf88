import { gatewaysOf, routesOf } from '../intent/hops';
import { routesTo } from '../intent/routes-to';
import { isSubsetOf, isWildcard, kubernetesName } from '../mesh/hosts';
import type { MergedVirtualService } from '../mesh/merged-virtual-service';
import { sameResource } from '../mesh/origin';
import { allServices, servicesNamed } from '../mesh/registry';
import { virtualServicesFor } from '../mesh/routed-hosts';
import type { MeshService } from '../mesh/service';
import { asKind, type Resource } from '../model/resource';
import type { View } from '../workspace/view';
import type { Path } from '../yaml/node';
import { isSlip } from './missing';
import { edit, type RuleFix, type RuleRelated } from './rule';

/** What bears on a host that a route leads to and nobody registers: what is missing, what is like it, and rival routes. */
export function aroundMissing(
  view: View,
  virtualService: MergedVirtualService,
  host: string,
  path: Path,
): RuleRelated[] {
  const { resource } = virtualService;
  const own = kubernetesName(host);
  const missing: RuleRelated[] = own
    ? [{ resource, path, message: 'The Service that is missing', subject: { kind: 'Service', ...own } }]
    : [];
  const like = [...misspelt(view, host), ...coveringWildcards(view, host), ...siblings(view, virtualService)];
  const entries = like.flatMap(({ service: { origin }, message }) =>
    origin ? [{ ...origin, message }] : [],
  );
  const seen = new Set([resource.slot]);
  return [
    ...missing,
    ...[...entries, ...rivals(view, virtualService)].filter(
      (it) => !seen.has(it.resource.slot) && seen.add(it.resource.slot),
    ),
  ].slice(0, mostRelated);
}

/** A list that is longer is not read. */
const mostRelated = 5;

interface Alike {
  readonly service: MeshService;
  readonly message: string;
}

/** Hosts that nobody routes or leads to and that are this one misspelt. */
function misspelt(view: View, host: string): readonly Alike[] {
  return allServices(view)
    .filter((it) => it.registry === 'external' && isSlip(it.hostname, host) && isUnused(view, it.hostname))
    .map((service) => ({ service, message: 'This registers almost the same host' }));
}

function isUnused(view: View, host: string): boolean {
  return virtualServicesFor(view, host).length === 0 && routesTo(view, host).length === 0;
}

function coveringWildcards(view: View, host: string): readonly Alike[] {
  return allServices(view)
    .filter((it) => isWildcard(it.hostname) && isSubsetOf(host, it.hostname))
    .map((service) => ({ service, message: 'This wildcard is no destination for the one host' }));
}

/** Where other hosts of the same route are registered. */
function siblings(view: View, { hosts }: MergedVirtualService): readonly Alike[] {
  return hosts
    .flatMap((it) => servicesNamed(view, it).slice(0, 1))
    .map((service) => ({ service, message: 'Another host of this route is registered here' }));
}

/** Other routes for these hosts at the same Gateways: one of the two is not followed. */
function rivals(view: View, virtualService: MergedVirtualService): readonly RuleRelated[] {
  const gateways = new Set(
    routesOf(virtualService).flatMap((route) => gatewaysOf(view, virtualService, route).map((it) => it.id)),
  );
  return virtualService.hosts
    .flatMap((host) => virtualServicesFor(view, host))
    .filter(
      (it) =>
        !sameResource(it.resource, virtualService.resource) && it.gateways.some((name) => gateways.has(name)),
    )
    .map(({ resource }) => ({
      resource,
      path: ['spec', 'hosts'],
      message: 'This routes the same host there',
    }));
}

/**
 * A route that leads to a host it is for has the right name, so what registers it is mended: a host misspelt, or one that
 * is left out where the others stand.
 */
export function registrationFixes(
  view: View,
  virtualService: MergedVirtualService,
  host: string,
): readonly RuleFix[] {
  if (!virtualService.hosts.includes(host) || isWildcard(host)) {
    return [];
  }
  const [near] = misspelt(view, host);
  if (near?.service.origin) {
    const { resource, path } = near.service.origin;
    const title = `Change "${near.service.hostname}" to "${host}" where it is registered`;
    return [edit(title, resource, [{ op: 'set', path, value: host }], { preferred: true })];
  }
  const entries = new Map(
    siblings(view, virtualService)
      .flatMap(({ service }) => (service.resource ? (asKind(service.resource, 'ServiceEntry') ?? []) : []))
      .map((it) => [it.slot, it]),
  );
  const [entry] = entries.size === 1 ? [...entries.values()] : [];
  return entry ? [addHost(entry, host)] : [];
}

function addHost(entry: Resource<'ServiceEntry'>, host: string): RuleFix {
  const change = { op: 'insert' as const, path: ['spec', 'hosts'], value: host };
  return edit(`Register "${host}" in "${entry.namespace}/${entry.name}" too`, entry, [change], {
    preferred: true,
  });
}
