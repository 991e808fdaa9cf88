import path from 'node:path';
import { run } from 'node:test';
import { filesUnder } from '../lib/files.mjs';
import { inProject, project } from '../lib/project.mjs';
import { findBrowser } from '../vscode/browser.mjs';

/** Tests of the panels' pages, which need a browser. */
const pageTests = inProject('dist', 'test', 'page');

/** Every test file that needs neither an editor nor a browser. */
export const unit = (tally) => nodeTests(tally, (file) => !file.startsWith(pageTests));

/** The pages of graph, trace and audit in a browser. */
export async function page(tally) {
  process.env.CHROMIUM = await findBrowser((text) => console.log(`  ${text}`));
  await nodeTests(tally, (file) => file.startsWith(pageTests));
}

/** Built test files, each in a process of its own. */
async function nodeTests(tally, isWanted) {
  const built = filesUnder(inProject('dist', 'test'), (file) => file.endsWith('.test.cjs'));
  const files = built.filter(isWanted);
  if (files.length === 0) {
    tally.fail('node tests', 'There are no built tests. Build them first: node scripts/test.mjs build');
    return;
  }
  process.chdir(project);
  process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`.trim();
  const seen = new Set();
  const printed = new Map();
  for await (const { type, data } of run({ files, concurrency: true })) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      printed.set(data.file, (printed.get(data.file) ?? '') + data.message);
    } else if (type === 'test:pass' || type === 'test:fail') {
      seen.add(source(data.file));
      count(tally, type, data, printed);
    }
  }
  for (const file of files.map(source).filter((it) => !seen.has(it))) {
    tally.fail(file, 'The file holds no test.');
  }
}

function count(tally, type, data, printed) {
  const { details } = data;
  if (type === 'test:pass') {
    if (data.skip !== undefined || data.todo !== undefined) {
      tally.fail(
        `${source(data.file)}: ${data.name}`,
        'The test is skipped. Nothing passes by being skipped.',
      );
    } else if (details?.type !== 'suite') {
      tally.pass();
    }
    return;
  }
  const { error } = details;
  // A suite and a file fail with their tests, which have been counted already.
  if (error?.failureType === 'subtestsFailed') {
    return;
  }
  const whole = data.name === data.file;
  const detail = whole ? (printed.get(data.file) ?? error.message) : readable(error);
  tally.fail(whole ? source(data.file) : `${source(data.file)}: ${data.name}`, detail);
}

/** The test's own file. Node names the bundle or, where it follows the source map, the source already. */
const source = (file) =>
  path
    .relative(project, file)
    .replace(/^dist[\\/]/, '')
    .replace(/\.cjs$/, '.ts');

/** The message and the first lines of the stack that are ours. */
function readable(error) {
  const cause = error?.cause ?? error;
  const text = cause?.stack ?? String(cause);
  const lines = text.split('\n').filter((line) => !/^\s+at .*(node:internal|node:async_hooks)/.test(line));
  return lines.slice(0, 60).join('\n');
}
