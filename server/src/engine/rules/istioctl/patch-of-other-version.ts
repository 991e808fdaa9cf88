import { followsVersioned, relativePatches } from './envoy-patches';
import { message } from './message';
import { isA } from './objects';

export const patchOfOtherVersion = message({
  name: 'istioctl/patch-of-other-version',
  istio: 'IST0155',
  severity: 'warning',
  summary:
    'A patch is placed beside one that only proxies of one version get, and nothing says which comes first.',
  on: 'Other',

  *check(filter, view) {
    if (!isA(filter, 'EnvoyFilter')) {
      return;
    }
    for (const patch of relativePatches(filter)) {
      if (followsVersioned(view, filter, patch)) {
        yield {
          path: patch.path,
          message: `${patch.operation} depends on a patch that is for proxies of one version only, so without "priority" an upgrade may leave it out`,
        };
      }
    }
  },
});
