import { Engine } from '../../server/src/engine/engine';
import type { Origin } from '../../server/src/engine/mesh/origin';
import { applyEdits } from '../../server/src/engine/text/edit';
import type { Request, TracedPath } from '../../server/src/engine/traffic/request';
import { trace } from '../../server/src/engine/traffic/trace';
import { defaultSettings } from '../../server/src/engine/workspace/settings';
import { readYaml } from '../../server/src/engine/yaml/read';
import { plainValue } from '../../server/src/engine/yaml/walk';
import type { TrafficCase } from './traffic-cases';

/** What comes of a request when one of the nodes that decided about it is taken away. */
export interface Deletion {
  readonly call: string;
  readonly origin: Origin;
  readonly changes: boolean;
}

/** Takes away every node that decided about a case's requests, one at a time. */
export function deletionsOf(it: TrafficCase): readonly Deletion[] {
  const engine = engineOf(it, it.files);
  const known = new Map<string, Engine>();
  return it.calls.flatMap((call) => {
    const before = told(engine, call);
    return tracedBy(engine, call).flatMap(({ hops }) =>
      hops.flatMap(({ decidedBy }) =>
        decidedBy.map((origin): Deletion => {
          const key = `${origin.resource.slot.id} ${[...origin.resource.base, ...origin.path].join('/')}`;
          const without = known.get(key) ?? engineOf(it, filesWithout(engine, it.files, origin));
          known.set(key, without);
          return { call: call.id, origin, changes: told(without, call) !== before };
        }),
      ),
    );
  });
}

function filesWithout(
  engine: Engine,
  files: TrafficCase['files'],
  { resource, path }: Origin,
): TrafficCase['files'] {
  const edits = engine.edits([
    { slot: resource.slot, edits: [{ op: 'remove', path: [...resource.base, ...path] }] },
  ]);
  const changed = [...(edits ?? [])].map(([uri, list]) => [uri, applyEdits(files[uri]!, list)]);
  return { ...files, ...Object.fromEntries(changed) };
}

function engineOf({ mesh, stock }: TrafficCase, files: TrafficCase['files']): Engine {
  const engine = new Engine(
    {
      ...defaultSettings,
      single: true,
      templates: false,
      keepLastGood: false,
      scope: {
        ...defaultSettings.scope,
        closedWorld: true,
        stockGateway: stock ?? false,
        stockGatewayKnown: true,
        ...(mesh !== undefined && { meshConfig: plainValue(readYaml(mesh).root) }),
      },
    },
    [],
  );
  engine.change(Object.entries(files).map(([name, text]) => ({ uri: name, path: name, text })));
  return engine;
}

function tracedBy(engine: Engine, call: Request): readonly TracedPath[] {
  const [live] = [...engine.workspace.scopes()];
  return live ? trace(live.scope, call) : [];
}

/** A trace without the places, which move when something is taken away. */
function told(engine: Engine, call: Request): string {
  const paths = tracedBy(engine, call).map(({ hops, ...path }) => ({
    ...path,
    hops: hops.map(({ decidedBy: _, ...hop }) => hop),
  }));
  return JSON.stringify(paths);
}
