import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Mocha from 'mocha';
import { version } from 'vscode';

interface Result {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  readonly error?: string;
}

/**
 * VS Code loads this file in the extension host and waits for the promise. The suites of the folder that
 * TEST_SUITES names run, and what became of each test goes to the file that TEST_REPORT names.
 */
export async function run(): Promise<void> {
  const { default: Runner } = await import('mocha');
  const mocha: Mocha = new Runner({ ui: 'tdd', timeout: 30_000, color: false });
  const folder = join(__dirname, process.env.TEST_SUITES ?? 'suite');
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.test.cjs')) {
      mocha.addFile(join(folder, file));
    }
  }
  await mocha.loadFilesAsync();
  const results = await resultsOf(mocha);
  const report = process.env.TEST_REPORT;
  if (report !== undefined) {
    mkdirSync(dirname(report), { recursive: true });
    writeFileSync(report, JSON.stringify({ vscode: version, tests: results }, null, 2));
  }
  const failed = results.filter((it) => it.state !== 'passed').length;
  if (failed > 0) {
    throw new Error(`${failed} of ${results.length} tests failed`);
  }
}

function resultsOf(mocha: Mocha): Promise<Result[]> {
  const results: Result[] = [];
  const note = (test: Mocha.Runnable, state: Result['state']): void => {
    const error = (test as { err?: Error }).err?.stack;
    results.push({
      title: test.fullTitle(),
      state,
      ms: test.duration ?? 0,
      ...(error !== undefined && { error }),
    });
  };
  return new Promise((resolve) => {
    mocha
      .run(() => resolve(results))
      .on('pass', (test) => note(test, 'passed'))
      // A hook that fails arrives here too.
      .on('fail', (test) => note(test, 'failed'))
      .on('pending', (test) => note(test, 'skipped'));
  });
}
