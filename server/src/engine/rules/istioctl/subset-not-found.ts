import { sameResource } from '../../mesh/origin';
import type { Resource } from '../../model/resource';
import { groupByEach } from '../../text/collections';
import type { View } from '../../workspace/view';
import { objectNamed } from './hosts';
import { message, seen } from './message';
import { isRuleRefused } from './refused';
import { writtenDestinations } from './route-destinations';

export const subsetNotFound = message({
  name: 'istioctl/subset-not-found',
  istio: 'IST0101',
  severity: 'error',
  summary: 'A route or a mirror leads to a subset that no DestinationRule for the host has.',
  on: 'VirtualService',

  *check(virtualService, view) {
    const { namespace } = virtualService;
    for (const { destination, path } of writtenDestinations(virtualService)) {
      const { host = '', subset } = destination;
      const rules = subset ? rulesWith(view, objectNamed(host, namespace), subset) : undefined;
      if (rules?.length === 0 && !isRuleRefused(view, host, namespace)) {
        yield {
          path: [...path, 'subset'],
          message: `No DestinationRule for "${host}" that counts for namespace "${namespace}" has a subset "${subset}"`,
        };
      }
    }
  },
});

/** The rules that have a subset, wherever they are and whoever sees them. */
function rulesWith(view: View, object: string, subset: string): readonly Resource<'DestinationRule'>[] {
  return view.lookUp(
    'istioctl/rules-by-subset',
    subsetKey(object, subset),
    () =>
      groupByEach(seen(view, 'DestinationRule'), ({ namespace, spec }) =>
        (spec.subsets ?? []).map(({ name }) =>
          subsetKey(objectNamed(spec.host ?? '', namespace), name ?? ''),
        ),
      ),
    sameResource,
  );
}

function subsetKey(object: string, subset: string): string {
  return `${object} ${subset}`;
}
