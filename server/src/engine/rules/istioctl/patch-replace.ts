import { edit } from '../rule';
import { idlePatches } from './envoy-patches';
import { message } from './message';

export const patchReplace = message({
  name: 'istioctl/patch-replace',
  istio: 'IST0152',
  severity: 'error',
  summary: 'A patch replaces what can only be merged, added or removed.',
  on: 'Other',
  recommended: true,

  *check(filter, view) {
    for (const { path } of idlePatches(filter, view, 'REPLACE')) {
      yield {
        path,
        message:
          'istiod leaves this patch out, because only filters and virtual hosts can be replaced: use MERGE',
        fixes: [edit('Use MERGE', filter, [{ op: 'set', path, value: 'MERGE' }])],
      };
    }
  },
});
