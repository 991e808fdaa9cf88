import { proxiesReached } from '../../intent/proxies-reached';
import { routesTo } from '../../intent/routes-to';
import { compareAge } from '../../mesh/age';
import { isWildcard } from '../../mesh/hosts';
import { type Origin, sameResource } from '../../mesh/origin';
import { findService } from '../../mesh/registry';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { edit, type RuleFix, type RuleRelated, rule } from '../rule';

export const resolutionNoneAtGateway = rule({
  name: 'service-entry/resolution-none-at-gateway',
  layer: 'traffic',
  severity: 'error',
  summary: 'A gateway forwards to a host with resolution NONE and has no address to send to.',
  on: 'ServiceEntry',

  *check(resource, view) {
    const { spec } = resource;
    if ((spec.resolution ?? 'NONE') !== 'NONE') {
      return;
    }
    // A gateway has no address for a wildcard whatever its resolution, which is told where the route is.
    for (const host of (spec.hosts ?? []).filter((it) => !isWildcard(it))) {
      const route = routeAtGateway(view, resource, host);
      if (!route) {
        continue;
      }
      yield {
        path: ['spec', 'resolution'],
        ...(spec.resolution === undefined && { part: 'key' as const }),
        message: `The gateway forwards to "${host}", and with resolution NONE it has no address for it: these requests fail with 503`,
        related: [
          { ...route, message: 'This route leads from the gateway to the host' },
          ...others(view, resource, host),
        ],
        fixes: fixes(resource),
      };
      return;
    }
  },
});

/** Of several entries for the host one decides. */
function others(view: View, resource: Resource<'ServiceEntry'>, host: string): RuleRelated[] {
  return view
    .byHost('ServiceEntry', host)
    .filter((it) => !sameResource(it, resource))
    .toSorted(compareAge)
    .slice(0, 3)
    .map((it) => ({ resource: it, path: ['spec', 'hosts'], message: 'This registers the same host' }));
}

function fixes(resource: Resource<'ServiceEntry'>): RuleFix[] {
  const { hosts = [], endpoints = [] } = resource.spec;
  if (hosts.some(isWildcard)) {
    return [];
  }
  const value =
    endpoints.length > 0 && endpoints.every((it) => /^[\d.]+$|:/.test(it.address ?? '')) ? 'STATIC' : 'DNS';
  return [
    edit(`Resolve by ${value}`, resource, [{ op: 'set', path: ['spec', 'resolution'], value }], {
      preferred: true,
      safe: true,
    }),
  ];
}

/** A route that counts at some gateway and leads to this host, as its proxies know it. */
function routeAtGateway(view: View, resource: Resource<'ServiceEntry'>, host: string): Origin | undefined {
  const found = routesTo(view, host).find(({ virtualService, route }) => {
    return proxiesReached(view, virtualService, route).some((it) =>
      sameResource(findService(view, it.namespace, host, 'gateway')?.resource, resource),
    );
  });
  return found?.origin;
}
