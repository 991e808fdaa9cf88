import { likelyProbesOfUnregistered, type Probe } from '../../intent/probes';
import { mergedVirtualService } from '../../mesh/virtual-services';
import type { Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { bypassingWays, failingWays, wayFinding } from '../faulty-ways';
import { aroundMissing, registrationFixes } from '../registration';
import { type RuleFinding, rule } from '../rule';

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
      const [{ probe }] = it.ways;
      const found = wayFinding(view, it, probe.origin.path);
      yield isPlain(probe) ? found : unknown(view, resource, found, probe);
    }
  },
});

function isPlain({ port, protocol }: Probe): boolean {
  return port === 80 && protocol === 'HTTP';
}

/**
 * Other ports are only known of hosts that something registers, which may stand in another repository; and a route may
 * name more hosts than anybody asks for.
 */
function unknown(
  view: View,
  resource: Resource<'VirtualService'>,
  found: RuleFinding,
  { host }: Probe,
): RuleFinding {
  const virtualService = mergedVirtualService(view, resource);
  const mayCome = view.hasPartial('ServiceEntry') || view.declaresHost('ServiceEntry', host);
  return {
    ...found,
    message: `${found.message}: no ServiceEntry${view.settings.closedWorld ? '' : ' of these files'} has this host, and without one sidecars follow routes for plain HTTP on port 80 only`,
    severity: view.settings.closedWorld && !mayCome ? 'warning' : 'info',
    related: [...(found.related ?? []), ...aroundMissing(view, virtualService, host, found.path)],
    fixes: registrationFixes(view, virtualService, host),
  };
}
