import { mapsIn, textsIn } from '../../mesh/gateway-api/objects';
import { fields } from '../../model/guards';
import type { View } from '../../workspace/view';
import { message, seen } from './message';
import { isA } from './objects';

export const policyNamespaceNotFound = message({
  name: 'istioctl/policy-namespace-not-found',
  istio: 'IST0101',
  severity: 'error',
  summary: 'An AuthorizationPolicy names a namespace that is not there.',
  on: 'Other',

  *check(policy, view) {
    if (!isA(policy, 'AuthorizationPolicy')) {
      return;
    }
    for (const [index, rule] of mapsIn(policy.spec, 'rules').entries()) {
      for (const [at, from] of mapsIn(rule, 'from').entries()) {
        for (const list of ['namespaces', 'notNamespaces']) {
          for (const [place, name] of textsIn(fields(from.source), list).entries()) {
            if (!isThere(view, name)) {
              yield {
                path: ['spec', 'rules', index, 'from', at, 'source', list, place],
                message: `There is no namespace "${name}"`,
              };
            }
          }
        }
      }
    }
  },
});

/** A name may start or end with `*`. With no namespace at all even `*` meets nothing. */
function isThere(view: View, pattern: string): boolean {
  const names = view.lookUp('istioctl/namespaces', '', () => namespaceNames(view));
  if (pattern === '*') {
    return names.length > 0;
  }
  if (pattern.startsWith('*')) {
    return names.some((it) => it.endsWith(pattern.slice(1)));
  }
  return pattern.endsWith('*')
    ? names.some((it) => it.startsWith(pattern.slice(0, -1)))
    : names.some((it) => it.toLowerCase() === pattern.toLowerCase());
}

function namespaceNames(view: View): ReadonlyMap<string, readonly string[]> {
  return new Map([['', seen(view, 'Namespace').map((it) => it.name)]]);
}
