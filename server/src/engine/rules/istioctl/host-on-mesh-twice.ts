import { hostsOverlap, isWildcard, meshGateway } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import { groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { qualifiedHost } from './hosts';
import { message, seen } from './message';
import { scopesOf } from './registry';

export const hostOnMeshTwice = message({
  name: 'istioctl/host-on-mesh-twice',
  istio: 'IST0109',
  severity: 'error',
  summary: 'Two VirtualServices tell the sidecars of one namespace how to route the same host.',
  on: 'VirtualService',

  *check(virtualService, view) {
    for (const { scope, host, index } of claimsOf(virtualService)) {
      const rival = rivalOf(view, virtualService, scope, host);
      if (rival) {
        const { resource } = rival;
        yield {
          path: ['spec', 'hosts', index],
          message: `VirtualService "${resource.namespace}/${resource.name}" routes "${rival.host}" for sidecars too, and which of the two counts is not said`,
          related: [
            { resource, path: ['spec', 'hosts', rival.index], message: 'The same host for sidecars' },
          ],
        };
        return;
      }
    }
  },
});

/** A host that a VirtualService has for the sidecars of a namespace, or of all of them (`*`). */
interface Claim {
  readonly scope: string;
  readonly host: string;
  readonly index: number;
  readonly resource: Resource<'VirtualService'>;
}

function claimsOf(resource: Resource<'VirtualService'>): readonly Claim[] {
  const { gateways = [], hosts = [], exportTo = [] } = resource.spec;
  if (gateways.length > 0 && !gateways.includes(meshGateway)) {
    return [];
  }
  return scopesOf(exportTo, resource.namespace).flatMap((scope) =>
    hosts.map((host, index) => ({ scope, host: qualifiedHost(host, resource.namespace), index, resource })),
  );
}

/**
 * What is for one namespace is compared with what is for all of them as hosts are matched, wildcards included; within a
 * scope only equal names count.
 */
function rivalOf(
  view: View,
  own: Resource<'VirtualService'>,
  scope: string,
  host: string,
): Claim | undefined {
  const same = claims(view, `${scope} ${host}`);
  const others = [
    ...claims(view, isWildcard(host) ? across(scope) : `${across(scope)} ${host}`),
    ...(isWildcard(host) ? [] : claims(view, `${across(scope)} wildcards`)),
  ].filter((it) => hostsOverlap(it.host, host));
  const rivals = [...same, ...others];
  const another = rivals.find(
    ({ resource }) => resource.namespace !== own.namespace || resource.name !== own.name,
  );
  // Two names of one VirtualService may be the same host, and istioctl counts names.
  return another ?? (rivals.length > 1 ? rivals[0] : undefined);
}

/** Where rivals of other scopes are kept. */
function across(scope: string): string {
  return scope === '*' ? 'somewhere' : 'everywhere';
}

function claims(view: View, key: string): readonly Claim[] {
  return view.lookUp('istioctl/mesh-hosts', key, () => claimsByKey(view), sameClaim);
}

function claimsByKey(view: View): ReadonlyMap<string, readonly Claim[]> {
  return groupByEach(seen(view, 'VirtualService').flatMap(claimsOf), ({ scope, host }) => {
    const place = scope === '*' ? 'everywhere' : 'somewhere';
    return [`${scope} ${host}`, place, `${place} ${isWildcard(host) ? 'wildcards' : host}`];
  });
}

function sameClaim(a: Claim, b: Claim): boolean {
  return a.scope === b.scope && a.index === b.index && sameResource(a.resource, b.resource);
}
