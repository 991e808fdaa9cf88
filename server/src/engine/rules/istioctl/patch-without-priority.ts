import { followsVersioned, relativePatches } from './envoy-patches';
import { message } from './message';
import { isA } from './objects';

export const patchWithoutPriority = message({
  name: 'istioctl/patch-without-priority',
  istio: 'IST0151',
  severity: 'warning',
  summary: 'A patch is placed beside others, and nothing says which EnvoyFilter comes first.',
  on: 'Other',

  *check(filter, view) {
    if (!isA(filter, 'EnvoyFilter')) {
      return;
    }
    for (const patch of relativePatches(filter)) {
      if (!followsVersioned(view, filter, patch)) {
        yield {
          path: patch.path,
          message: `${patch.operation} depends on what other EnvoyFilters have put there before, and without "priority" their order is not said`,
        };
      }
    }
  },
});
