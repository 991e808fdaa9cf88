import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Engine } from '../engine/engine';
import { defaultSettings, type WorkspaceSettings } from '../engine/workspace/settings';
import type { ScopeSettings } from '../engine/workspace/view';
import { readYaml } from '../engine/yaml/read';
import { plainValue } from '../engine/yaml/walk';
import { profileOption, targetOption } from './options';
import { Places, resultOf } from './result';
import { type Call, traceCalls } from './trace-calls';
import { UsageError } from './usage';

/** One configuration to check: a whole cluster in memory. */
interface Case {
  readonly id: string;
  readonly files: { readonly [name: string]: string };
  readonly mesh?: string;
  readonly stock?: boolean;
  readonly calls?: readonly Call[];
}

/** What the command line says of all cases. */
type Options = Pick<ScopeSettings, 'profile' | 'targetVersion' | 'closedWorld'>;

/** One JSON case per line in, one JSON result per line out, in order. */
export async function batch(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      profile: { type: 'string' },
      'target-version': { type: 'string' },
      'open-world': { type: 'boolean' },
    },
  });
  const options = {
    profile: profileOption(values.profile),
    ...targetOption(values['target-version']),
    closedWorld: !values['open-world'],
  };
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') {
      continue;
    }
    const result = answer(readCase(line, number), options);
    if (!process.stdout.write(`${JSON.stringify(result)}\n`)) {
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
  }
  return 0;
}

function answer(it: Case, options: Options): object {
  const engine = new Engine(settingsFor(it, options));
  const names = Object.keys(it.files).sort();
  engine.change(names.map((name) => ({ uri: name, path: name, text: it.files[name] })));
  const places = new Places(engine);
  return {
    id: it.id,
    ...resultOf(engine, names, places),
    ...(it.calls && { calls: traceCalls(engine, it.calls, places.locate) }),
  };
}

/** The files are what the cluster gets: one scope, no templates, nothing remembered from before. */
function settingsFor(it: Case, options: Options): WorkspaceSettings {
  return {
    ...defaultSettings,
    single: true,
    templates: false,
    keepLastGood: false,
    mayChange: false,
    maxLength: Number.POSITIVE_INFINITY,
    scope: {
      ...defaultSettings.scope,
      ...options,
      stockGateway: it.stock ?? false,
      stockGatewayKnown: true,
      ...(it.mesh !== undefined && { meshConfig: plainValue(readYaml(it.mesh).root) }),
    },
  };
}

function readCase(line: string, number: number): Case {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new UsageError(`line ${number} is not JSON: ${(error as Error).message}`);
  }
  const { id, files } = (value ?? {}) as Partial<Case>;
  if (typeof id !== 'string' || typeof files !== 'object' || files === null) {
    throw new UsageError(`line ${number} is not a case: it needs an "id" and "files"`);
  }
  return value as Case;
}
