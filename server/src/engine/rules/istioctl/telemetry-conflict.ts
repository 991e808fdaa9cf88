import { isSelectedBy } from '../../mesh/destination-rules';
import { sameResource } from '../../mesh/origin';
import { message } from './message';
import { isA, othersIn } from './objects';
import { selectedPods } from './pods';
import { rivals } from './rivals';
import { chosenLabels } from './telemetries';

export const telemetryConflict = message({
  name: 'istioctl/telemetry-conflict',
  istio: 'IST0159',
  severity: 'error',
  summary: 'Two Telemetries select the same Pod, and only one of them is used.',
  on: 'Other',
  recommended: true,

  *check(telemetry, view) {
    const own = isA(telemetry, 'Telemetry') ? chosenLabels(telemetry) : undefined;
    if (!own) {
      return;
    }
    const others = othersIn(view, 'Telemetry', telemetry.namespace).filter(
      (it) => chosenLabels(it) && !sameResource(it, telemetry),
    );
    const pods = others.length > 0 ? selectedPods(view, own) : [];
    for (const pod of pods.filter((it) => it.namespace === telemetry.namespace)) {
      const rival = others.filter((it) => isSelectedBy(chosenLabels(it)!, pod.labels));
      if (rival.length > 0) {
        const path = ['spec', 'selector'];
        const { names, related } = rivals(rival, path, `Selects "${pod.name}" too`);
        yield {
          path,
          message: `"${pod.name}" is selected by ${names} too, and of Telemetries for the same Pod only one is used`,
          related,
        };
        return;
      }
    }
  },
});
