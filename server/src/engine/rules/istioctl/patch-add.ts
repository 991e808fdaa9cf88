import { edit } from '../rule';
import { idlePatches } from './envoy-patches';
import { message } from './message';

export const patchAdd = message({
  name: 'istioctl/patch-add',
  istio: 'IST0153',
  severity: 'error',
  summary: 'A patch adds a whole route configuration, which is not done.',
  on: 'Other',
  recommended: true,

  *check(filter, view) {
    for (const { path } of idlePatches(filter, view, 'ADD')) {
      yield {
        path,
        message:
          'istiod leaves this patch out, because route configurations are its own to make: use MERGE, or ADD a VIRTUAL_HOST',
        fixes: [edit('Use MERGE', filter, [{ op: 'set', path, value: 'MERGE' }])],
      };
    }
  },
});
