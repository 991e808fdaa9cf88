import { likelyProbesOfEntry } from '../../intent/probes';
import { bypassingWays, wayFinding } from '../faulty-ways';
import { rule } from '../rule';

export const requestsBypassGateway = rule({
  name: 'service-entry/requests-bypass-gateway',
  layer: 'traffic',
  severity: 'warning',
  summary: 'Requests that were meant to pass a gateway leave directly from the sidecar.',
  on: 'ServiceEntry',
  followsRequests: true,

  *check(resource, view, others) {
    for (const it of bypassingWays(view, likelyProbesOfEntry(view, resource), others)) {
      yield wayFinding(view, it, [...it.ways[0].probe.origin.path, 'number']);
    }
  },
});
