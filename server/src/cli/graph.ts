import { parseArgs } from 'node:util';
import { graphOf } from '../engine/engine-graph';
import { checkSettings, engineFor } from './check';
import { readInputs } from './files';
import type { DrawnScope } from './format/drawn-scope';
import { graphDot } from './format/graph-dot';
import { graphJson } from './format/graph-json';
import { graphMermaid } from './format/graph-mermaid';
import { graphSvg } from './format/graph-svg';
import { oneOf } from './options';
import { Places } from './result';
import { UsageError } from './usage';

const formats = {
  mermaid: graphMermaid,
  svg: graphSvg,
  dot: graphDot,
  json: graphJson,
} as const;

/** The egress graph of every scope of the files and folders given. */
export async function graph(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: 'string' } },
  });
  const names = Object.keys(formats) as readonly (keyof typeof formats)[];
  if (values.format === undefined) {
    throw new UsageError(`say which form the graph should have: --format ${names.join(', ')}`);
  }
  const write = formats[oneOf('--format', values.format, names)];
  const drawn = (await readInputs(positionals)).flatMap((input): DrawnScope[] => {
    const engine = engineFor(input, checkSettings({}));
    const { locate } = new Places(engine);
    return [...engine.workspace.scopes()].map((live) => {
      return { name: live.plan.name, graph: graphOf(engine, live), locate };
    });
  });
  const scopes = drawn.filter((it) => it.graph.nodes.length > 0);
  if (scopes.length === 0) {
    process.stderr.write('istio-egress graph: no request leaves the mesh through these documents\n');
  }
  process.stdout.write(write(scopes));
  return 0;
}
