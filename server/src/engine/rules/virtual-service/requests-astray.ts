import { likelyProbesOfUnregistered } from '../../intent/probes';
import { bypassingWays, failingWays, wayFinding } from '../faulty-ways';
import { rule } from '../rule';

export const requestsAstray = rule({
  name: 'virtual-service/requests-astray',
  layer: 'traffic',
  severity: 'warning',
  summary: 'Requests to a host that a route is for and nobody registers fail, or pass the gateway by.',
  on: 'VirtualService',
  followsRequests: true,

  *check(resource, view, others) {
    const probes = likelyProbesOfUnregistered(view, resource);
    for (const it of [...failingWays(view, probes, others), ...bypassingWays(view, probes, others)]) {
      yield wayFinding(view, it, it.ways[0].probe.origin.path);
    }
  },
});
