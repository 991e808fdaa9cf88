import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { Engine } from '../engine/engine';
import { printableJson } from '../engine/text/printable';
import { defaultSettings, type WorkspaceSettings } from '../engine/workspace/settings';
import { readYaml } from '../engine/yaml/read';
import { plainValue } from '../engine/yaml/walk';
import { type Input, type InputFile, readInputs } from './files';
import { github } from './format/github';
import { pretty } from './format/pretty';
import { sarif } from './format/sarif';
import { oneOf, profileOption, targetOption } from './options';
import { Places, type Result, type ResultDiagnostic, resultOf } from './result';
import { InputError } from './usage';

const formats = ['pretty', 'json', 'sarif', 'github'] as const;

/** Every diagnostic for the files and folders given. */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'pretty' },
      'fail-on': { type: 'string', default: 'error' },
      profile: { type: 'string' },
      'target-version': { type: 'string' },
      'closed-world': { type: 'boolean', default: false },
      mesh: { type: 'string' },
      'no-stock-gateway': { type: 'boolean', default: false },
    },
  });
  const format = oneOf('--format', values.format, formats);
  const failOn = oneOf('--fail-on', values['fail-on'], ['error', 'warning', 'never']);
  const settings = checkSettings({
    profile: values.profile,
    targetVersion: values['target-version'],
    closedWorld: values['closed-world'],
    mesh: values.mesh,
    noStockGateway: values['no-stock-gateway'],
  });
  const inputs = await readInputs(positionals);
  const result = merge(inputs.map((input) => checkInput(input, settings)));
  process.stdout.write(formatted(format, result, inputs));
  return fails(result.diagnostics, failOn) ? 1 : 0;
}

/** Settings as the options of `check`, `trace`, `audit` and `graph` give them. */
export function checkSettings(options: {
  readonly profile?: string;
  readonly targetVersion?: string;
  readonly closedWorld?: boolean;
  readonly mesh?: string;
  readonly noStockGateway?: boolean;
}): WorkspaceSettings {
  return {
    ...defaultSettings,
    keepLastGood: false,
    mayChange: false,
    scope: {
      ...defaultSettings.scope,
      profile: profileOption(options.profile),
      ...targetOption(options.targetVersion),
      closedWorld: options.closedWorld ?? false,
      stockGateway: !options.noStockGateway,
      stockGatewayKnown: options.noStockGateway ?? false,
      ...(options.mesh !== undefined && { meshConfig: readMesh(options.mesh) }),
    },
  };
}

function readMesh(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError(`cannot read the mesh configuration "${path}": ${(error as Error).message}`);
  }
  return plainValue(readYaml(text).root);
}

/** One engine for each PATH, since each is a scope of its own. */
export function engineFor({ root, files }: Input, settings: WorkspaceSettings): Engine {
  const engine = new Engine(settings);
  engine.change(files.map(({ name, text }) => ({ uri: name, path: pathIn(root, name), text })));
  return engine;
}

function pathIn(root: string, name: string): string {
  return relative(root, resolve(name)).split(sep).join('/');
}

function checkInput(input: Input, settings: WorkspaceSettings): Result {
  const engine = engineFor(input, settings);
  const names = input.files.map((file) => file.name);
  return resultOf(engine, names, new Places(engine));
}

function merge(results: readonly Result[]): Result {
  return {
    documents: results.flatMap((it) => it.documents),
    diagnostics: results.flatMap((it) => it.diagnostics),
  };
}

function formatted(format: (typeof formats)[number], result: Result, inputs: readonly Input[]): string {
  switch (format) {
    case 'json':
      return `${printableJson(result)}\n`;
    case 'sarif':
      return sarif(result);
    case 'github':
      return github(result);
    case 'pretty':
      return pretty(
        result,
        new Map(inputs.flatMap((it) => it.files).map((it: InputFile) => [it.name, it.text])),
      );
  }
}

function fails(diagnostics: readonly ResultDiagnostic[], failOn: 'error' | 'warning' | 'never'): boolean {
  const counts = failOn === 'error' ? ['error'] : failOn === 'warning' ? ['error', 'warning'] : [];
  return diagnostics.some((it) => counts.includes(it.severity));
}
