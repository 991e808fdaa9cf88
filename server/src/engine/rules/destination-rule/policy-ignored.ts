import { type ConsolidatedRule, destinationRules } from '../../mesh/destination-rules';
import { resolveShortName } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { type RuleFinding, rule } from '../rule';

export const policyIgnored = rule({
  name: 'destination-rule/policy-ignored',
  layer: 'traffic',
  severity: 'warning',
  summary:
    'Another DestinationRule of the namespace is for the same host, and what this one says too is ignored.',
  on: 'DestinationRule',

  *check(resource, view) {
    const joined = joinedWith(view, resource);
    if (!joined) {
      return;
    }
    const winner = joined.trafficPolicy?.origin.resource;
    if (resource.spec.trafficPolicy && winner && !sameResource(winner, resource)) {
      yield ignored(resource, ['spec', 'trafficPolicy'], 'its "trafficPolicy"', winner);
    }
    for (const [index, { name }] of (resource.spec.subsets ?? []).entries()) {
      const other = joined.subsets.find((it) => it.name === name)?.origin.resource;
      if (other && !sameResource(other, resource)) {
        yield ignored(resource, ['spec', 'subsets', index, 'name'], `its subset "${name}"`, other);
      }
    }
  },
});

/** What istiod makes of this rule and others of its namespace for the host. */
function joinedWith(
  view: View,
  { spec, namespace }: Resource<'DestinationRule'>,
): ConsolidatedRule | undefined {
  const hostname = resolveShortName(spec.host ?? '', namespace);
  return destinationRules(view, namespace, { hostname, namespace }).find(
    (it) => it.from.length > 1 && it.from.some((one) => one.namespace === namespace && one.spec === spec),
  );
}

function ignored(
  { spec }: Resource<'DestinationRule'>,
  path: RuleFinding['path'],
  what: string,
  winner: Resource,
): RuleFinding {
  const other = `${winner.namespace}/${winner.name}`;
  return {
    path,
    part: 'key',
    message: `istiod joins this rule with "${other}" for "${spec.host}" and takes ${what} from there, so what is written here is ignored`,
    related: [{ resource: winner, path: ['spec', 'host'], message: 'This rule comes first' }],
  };
}
