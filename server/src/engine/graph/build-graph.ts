import { probesOfEntry, probesOfUnregistered } from '../intent/probes';
import { waysOf } from '../intent/ways';
import type { Origin } from '../mesh/origin';
import type { Finding } from '../model/finding';
import type { Slot } from '../source/source';
import type { View } from '../workspace/view';
import { drawWay } from './draw-way';
import type { Graph, PlacedFinding } from './graph';
import { GraphBuilder } from './graph-builder';
import { putFinding } from './put-finding';

/**
 * The ways out of a scope, from the same answers as the findings: every request the files make people expect is
 * followed, and every finding about traffic is put onto the way it concerns.
 *
 * With `only`, ways and findings that none of these documents takes part in are left out.
 */
export function buildGraph(view: View, findings: readonly PlacedFinding[], only?: ReadonlySet<Slot>): Graph {
  const builder = new GraphBuilder();
  const isWanted = (places: readonly Origin[]): boolean =>
    only === undefined || places.some((it) => only.has(it.resource.slot));
  const probes = [
    ...view.all('ServiceEntry').flatMap((it) => probesOfEntry(view, it)),
    ...view.all('VirtualService').flatMap((it) => probesOfUnregistered(view, it)),
  ];
  for (const way of probes.flatMap((it) => waysOf(view, it))) {
    const decided = way.path.hops.flatMap((hop) => hop.decidedBy);
    if (isWanted([way.probe.origin, ...decided])) {
      drawWay(view, builder, way);
    }
  }
  // What stops traffic comes first, so that it gives the reason.
  const rank = { error: 0, warning: 1, info: 2, hint: 3 };
  findings
    .filter(({ finding, places }) => isAboutTraffic(finding) && isWanted(places))
    .sort((a, b) => rank[a.finding.severity] - rank[b.finding.severity])
    .forEach((it) => void putFinding(view, builder, it));
  return builder.build();
}

function isAboutTraffic({ layer }: Finding): boolean {
  return layer === 'traffic' || layer === 'analysis';
}
