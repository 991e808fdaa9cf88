import { meshFacts } from '../../mesh/facts';
import { fields, items } from '../../model/guards';
import { message } from './message';
import { isA } from './objects';

export const telemetryWithoutProvider = message({
  name: 'istioctl/telemetry-without-provider',
  istio: 'IST0157',
  severity: 'warning',
  summary: 'A Telemetry asks for access logs and names no provider, and the mesh has none by default.',
  on: 'Other',

  *check(telemetry, view) {
    if (!isA(telemetry, 'Telemetry') || meshFacts(view).accessLoggers.value.length > 0) {
      return;
    }
    for (const [index, value] of items(telemetry.spec.accessLogging).entries()) {
      const { providers, disabled } = fields(value);
      if (disabled !== true && items(providers).length === 0) {
        yield {
          path: ['spec', 'accessLogging', index],
          message:
            'Nobody writes these logs: the entry names no provider, and the mesh has no default one for access logs',
        };
      }
    }
  },
});
