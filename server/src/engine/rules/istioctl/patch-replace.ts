import { edit } from '../rule';
import { envoyPatches, isIdle } from './envoy-patches';
import { message } from './message';
import { isA } from './objects';

export const patchReplace = message({
  name: 'istioctl/patch-replace',
  istio: 'IST0152',
  severity: 'error',
  summary: 'A patch replaces what can only be merged, added or removed.',
  on: 'Other',
  recommended: true,

  *check(filter, view) {
    if (!isA(filter, 'EnvoyFilter')) {
      return;
    }
    for (const patch of envoyPatches(filter)) {
      // istiod does it, whatever istioctl says.
      const isDone = patch.applyTo === 'LISTENER_FILTER' && view.settings.profile !== 'istioctl';
      if (patch.operation === 'REPLACE' && isIdle(patch) && !isDone) {
        yield {
          path: patch.path,
          message:
            'istiod leaves this patch out, because only filters and virtual hosts can be replaced: use MERGE',
          fixes: [edit('Use MERGE', filter, [{ op: 'set', path: patch.path, value: 'MERGE' }])],
        };
      }
    }
  },
});
