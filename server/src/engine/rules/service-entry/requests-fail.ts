import { likelyProbesOfEntry } from '../../intent/probes';
import { failingWays, wayFinding } from '../faulty-ways';
import { rule } from '../rule';

export const requestsFail = rule({
  name: 'service-entry/requests-fail',
  layer: 'traffic',
  severity: 'warning',
  summary: 'Requests to a registered host and port fail on the way.',
  on: 'ServiceEntry',
  followsRequests: true,

  *check(resource, view, others) {
    for (const it of failingWays(view, likelyProbesOfEntry(view, resource), others)) {
      yield wayFinding(view, it, [...it.ways[0].probe.origin.path, 'number']);
    }
  },
});
