import { message } from './message';
import { placedPods } from './pods';
import { findDestination } from './registry';

export const subsetWithoutPods = message({
  name: 'istioctl/subset-without-pods',
  istio: 'IST0173',
  severity: 'error',
  summary: 'The labels of a subset are on no Pod.',
  on: 'DestinationRule',

  *check({ namespace, spec }, view) {
    const destination = findDestination(view, namespace, spec.exportTo ?? [], spec.host ?? '');
    if (!destination || view.hasPartial('Workload')) {
      return;
    }
    for (const [index, { name, labels }] of (spec.subsets ?? []).entries()) {
      if (placedPods(view, { ...destination.workloads, ...labels }).length === 0) {
        yield {
          path: ['spec', 'subsets', index, ...(labels ? ['labels'] : ['name'])],
          message: `No Pod has the labels of subset "${name}", so requests for it fail with 503`,
        };
      }
    }
  },
});
