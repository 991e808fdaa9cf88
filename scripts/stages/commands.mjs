import { inProject } from '../lib/project.mjs';
import { node } from '../lib/run.mjs';

/** A stage that is one command of a tool: it counts as one test. */
const command = (title, script, args) => async (tally) => {
  const { code, output } = await node(inProject(script), args);
  if (code === 0) {
    tally.pass();
  } else {
    tally.fail(title, output);
  }
};

export const types = command('types (npm run typecheck)', 'node_modules/typescript/bin/tsc', ['-b']);

export const lint = command(
  'lint and format (npm run format mends most of it)',
  'node_modules/@biomejs/biome/bin/biome',
  ['check', '--error-on-warnings', '--max-diagnostics=40', '.'],
);

export const build = command('build (npm run build)', 'esbuild.mjs', ['--tests']);
