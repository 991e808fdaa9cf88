import { edit } from '../rule';
import { envoyPatches, isIdle } from './envoy-patches';
import { message } from './message';
import { isA } from './objects';

export const patchAdd = message({
  name: 'istioctl/patch-add',
  istio: 'IST0153',
  severity: 'error',
  summary: 'A patch adds a whole route configuration, which is not done.',
  on: 'Other',
  recommended: true,

  *check(filter, view) {
    if (!isA(filter, 'EnvoyFilter')) {
      return;
    }
    for (const patch of envoyPatches(filter)) {
      // istiod does it, whatever istioctl says.
      const isDone = patch.applyTo === 'HTTP_ROUTE' && view.settings.profile !== 'istioctl';
      if (patch.operation === 'ADD' && isIdle(patch) && !isDone) {
        yield {
          path: patch.path,
          message:
            'istiod leaves this patch out, because route configurations are its own to make: use MERGE, or ADD a VIRTUAL_HOST',
          fixes: [edit('Use MERGE', filter, [{ op: 'set', path: patch.path, value: 'MERGE' }])],
        };
      }
    }
  },
});
