import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The built command, as people run it. */
export const cliFile = resolve('dist', 'cli.cjs');

export interface CliRun {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export function runCli(
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): CliRun {
  const done: SpawnSyncReturns<string> = spawnSync(process.execPath, [cliFile, ...args], {
    encoding: 'utf8',
    input: '',
    maxBuffer: 64_000_000,
    ...options,
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
}
