import { isIpAddress, isWildcard } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import { edit, type RuleFix, rule } from '../rule';

export const noEndpoints = rule({
  name: 'service-entry/no-endpoints',
  layer: 'traffic',
  severity: 'error',
  summary: 'Resolution STATIC takes the addresses from the entry, and none are written.',
  on: 'ServiceEntry',

  *check(resource, view) {
    const { hosts = [], endpoints = [], resolution, workloadSelector } = resource.spec;
    if (resolution !== 'STATIC' || endpoints.length > 0 || workloadSelector) {
      return;
    }
    // Entries of one namespace for one host share what they have.
    const shared = hosts.every((host) =>
      view
        .byHost('ServiceEntry', host)
        .some((it) => it.namespace === resource.namespace && !sameResource(it, resource)),
    );
    if (!shared) {
      yield {
        path: ['spec', 'resolution'],
        message: `With resolution STATIC proxies send to the endpoints that are written, and there are none: requests to "${hosts[0] ?? ''}" fail with 503`,
        fixes: fixes(resource),
      };
    }
  },
});

function fixes(resource: Resource<'ServiceEntry'>): RuleFix[] {
  const { hosts = [], addresses = [] } = resource.spec;
  const known = addresses.map((it) => it.replace(/\/32$/, '')).filter(isIpAddress);
  if (known.length > 0 && known.length === addresses.length) {
    const value = known.map((address) => ({ address }));
    const change = { op: 'set' as const, path: ['spec', 'endpoints'], value };
    return [edit('Send to the addresses that are written', resource, [change], { preferred: true })];
  }
  const change = { op: 'set' as const, path: ['spec', 'resolution'], value: 'DNS' };
  return hosts.some(isWildcard) || addresses.length > 0
    ? []
    : [edit('Resolve by DNS', resource, [change], { preferred: true })];
}
