import { idlePatches } from './envoy-patches';
import { message } from './message';

export const patchRemove = message({
  name: 'istioctl/patch-remove',
  istio: 'IST0154',
  severity: 'error',
  summary: 'A patch removes a whole route configuration, which is not done.',
  on: 'Other',
  recommended: true,

  *check(filter, view) {
    for (const { path } of idlePatches(filter, view, 'REMOVE')) {
      yield {
        path,
        message:
          'istiod leaves this patch out, because a listener needs its route configuration: REMOVE a VIRTUAL_HOST of it',
      };
    }
  },
});
