import { envoyPatches, isIdle } from './envoy-patches';
import { message } from './message';
import { isA } from './objects';

export const patchRemove = message({
  name: 'istioctl/patch-remove',
  istio: 'IST0154',
  severity: 'error',
  summary: 'A patch removes a whole route configuration, which is not done.',
  on: 'Other',
  recommended: true,

  *check(filter, view) {
    if (!isA(filter, 'EnvoyFilter')) {
      return;
    }
    for (const patch of envoyPatches(filter)) {
      // istiod does it, whatever istioctl says.
      const isDone = patch.applyTo === 'HTTP_ROUTE' && view.settings.profile !== 'istioctl';
      if (patch.operation === 'REMOVE' && isIdle(patch) && !isDone) {
        yield {
          path: patch.path,
          message:
            'istiod leaves this patch out, because a listener needs its route configuration: REMOVE a VIRTUAL_HOST of it',
        };
      }
    }
  },
});
