import { buildGraph } from './graph/build-graph';
import { type DrawnFrom, type Emptiness, emptiness } from './graph/emptiness';
import type { Graph, PlacedFinding } from './graph/graph';
import type { Origin } from './mesh/origin';
import type { Anchor, Finding } from './model/finding';
import { trafficKinds } from './model/resource';
import type { Slot, SourceFile } from './source/source';
import type { LiveScope } from './workspace/workspace';

/** What of an engine a graph is drawn from. */
export interface GraphSource {
  findingsIn(live: LiveScope): readonly Finding[];
  file(uri: string): SourceFile | undefined;
}

/** The egress graph of a scope, or with `file` only what the documents of that file take part in. */
export function graphOf(engine: GraphSource, live: LiveScope, file?: string): Graph {
  const findings = engine.findingsIn(live).map((finding): PlacedFinding => {
    return {
      finding,
      places: [finding, ...finding.related].flatMap(({ slot, at }) => originOf(live, slot, at) ?? []),
    };
  });
  const only = file === undefined ? undefined : new Set(engine.file(file)?.entries.map((it) => it.slot));
  return buildGraph(live.scope, findings, only);
}

/** Why a graph came out empty, and what to do next. */
export function whyEmpty(
  engine: GraphSource,
  live: LiveScope | undefined,
  asked: { readonly uri: string; readonly extent: 'scope' | 'file'; readonly filtered: boolean },
): Emptiness {
  const file = engine.file(asked.uri);
  const slots = asked.extent === 'file' ? file?.entries.map((it) => it.slot) : live?.scope.slots();
  const resources = [...(slots ?? [])].flatMap((slot) => live?.scope.resourcesOf(slot) ?? []);
  const kinds: readonly string[] = trafficKinds;
  const count = (standing: string): number =>
    resources.filter((it) => it.standing === standing && kinds.includes(it.kind)).length;
  const from: DrawnFrom = {
    view: live?.scope,
    ...(file?.skipped && { skipped: file.skipped }),
    accepted: count('accepted'),
    refused: count('refused'),
    partial: count('partial'),
    ...asked,
  };
  return emptiness(from);
}

/** A place of a document as a place of the object that stands there. */
function originOf({ scope }: LiveScope, slot: Slot, at: Anchor): Origin | undefined {
  const path = 'path' in at ? at.path : [];
  const resource = scope
    .resourcesOf(slot)
    .find(({ base }) => base.every((step, index) => path[index] === step));
  return resource && { resource, path: path.slice(resource.base.length) };
}
