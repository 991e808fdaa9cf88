import { sameResource } from '../../mesh/origin';
import { items } from '../../model/guards';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { message } from './message';
import { isA, othersIn } from './objects';
import { rivals, severityAmong } from './rivals';

export const severalDefaultTelemetries = message({
  name: 'istioctl/several-default-telemetries',
  istio: 'IST0160',
  severity: 'error',
  summary: 'Two Telemetries of a namespace are for all its Pods, and only one of them is used.',
  on: 'Other',
  recommended: true,

  *check(telemetry, view) {
    if (!isA(telemetry, 'Telemetry') || !isForAll(view, telemetry)) {
      return;
    }
    const others = othersIn(view, 'Telemetry', telemetry.namespace).filter(
      (it) => isForAll(view, it) && !sameResource(it, telemetry),
    );
    if (others.length > 0) {
      const path = ['metadata', 'name'];
      const { names, related } = rivals(others, path, 'Is for all of the namespace too');
      yield {
        path,
        message: `All of "${telemetry.namespace}" is meant by ${names} too, and of Telemetries for a whole namespace only one is used`,
        severity: severityAmong(view, [telemetry, ...others]),
        related,
      };
    }
  },
});

/** istioctl counts those too that are attached to something by name. */
function isForAll(view: View, { spec }: Resource<'Other'>): boolean {
  const isAttached = Boolean(spec.targetRef) || items(spec.targetRefs).length > 0;
  return (spec.selector ?? undefined) === undefined && !(isAttached && view.settings.profile !== 'istioctl');
}
