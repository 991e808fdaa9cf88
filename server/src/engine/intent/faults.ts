import { sameResource } from '../mesh/origin';
import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import type { GatewayHop } from './hops';
import { type Intent, intendedGateway } from './intended-gateway';
import type { Probe } from './probes';
import { type Sample, samplesAtGateway, samplesOf } from './sample-requests';
import { fails, type Way, waysOf } from './ways';

/** A way of a request that ends where nobody wants it to. */
export interface Fault {
  readonly way: Way;
  /** For requests that arrive, but past the gateway: where it is written that they should not. */
  readonly intent?: Intent;
}

/** Ways of these requests, and of those that routes to a gateway were written for, that do not arrive. */
export function failures(view: View, probes: readonly Probe[]): readonly Fault[] {
  return probes
    .flatMap((it) => [
      ...waysOf(view, it),
      ...sampleWays(view, it).map(({ way }) => way),
      ...samplesAtGateway(view, it).flatMap((sample) => labelled(view, it, sample)),
    ])
    .filter(fails)
    .map((way) => ({ way }));
}

/** Ways that arrive past the gateway that was meant for them. */
export function bypasses(view: View, probes: readonly Probe[]): readonly Fault[] {
  return probes.flatMap((probe) => [
    ...waysOf(view, probe).flatMap((way) => {
      const intent = defeated(view, way);
      return intent ? [{ way, intent }] : [];
    }),
    ...sampleWays(view, probe)
      .filter(({ way, hop }) => isDefeatedHop(way, hop))
      .map(({ way, hop }) => ({ way, intent: { origin: hop.origin, sender: hop.virtualService } })),
  ]);
}

/** A way of the requests that a route to the gateway was written for. */
interface SampleWay {
  readonly way: Way;
  readonly hop: GatewayHop;
}

function sampleWays(view: View, probe: Probe): readonly SampleWay[] {
  return samplesOf(view, probe).flatMap(({ hop, ...sample }) =>
    labelled(view, probe, sample).map((way) => ({ way, hop })),
  );
}

function labelled(view: View, { host, port }: Probe, { probe, label }: Omit<Sample, 'hop'>): readonly Way[] {
  return waysOf(view, probe).map((it) => ({ ...it, request: `${host}:${port}${label}` }));
}

function leavesDirectly({ path: { outcome, via } }: Way): boolean {
  return (outcome === 'external' || outcome === 'passthrough') && via.length === 0;
}

/** Whether a way passes by the gateway that was meant for it. */
export function isDefeated(view: View, way: Way): boolean {
  return defeated(view, way) !== undefined;
}

/** The same for a request that a route to the gateway was written for. */
export function isDefeatedHop(way: Way, { virtualService }: GatewayHop): boolean {
  return leavesDirectly(way) && !decides(way, virtualService.resource);
}

/** A VirtualService that sends some requests to the gateway and the rest directly does so on purpose. */
function defeated(view: View, way: Way): Intent | undefined {
  if (!leavesDirectly(way)) {
    return undefined;
  }
  const { host, port, protocol, request } = way.probe;
  const intent = intendedGateway(view, { host, port, protocol, namespace: request.from.namespace });
  return intent?.sender && decides(way, intent.sender.resource) ? undefined : intent;
}

/** Whether a resource decided on the sidecar. */
function decides({ path }: Way, resource: Resource): boolean {
  return (path.hops[0]?.decidedBy ?? []).some((it) => sameResource(it.resource, resource));
}
