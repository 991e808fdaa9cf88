import fs from 'node:fs';
import { inProject } from './project.mjs';
import { run } from './run.mjs';

/**
 * Makes node_modules hold what the lock file says, and does nothing when it already does.
 *
 * npm writes a copy of the lock file beside what it installed, so its age tells whether the two belong together.
 */
export async function ensureDependencies(say) {
  const modified = (file) => fs.statSync(inProject(file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) {
    return;
  }
  say('installing the dependencies (npm ci) …');
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    throw new Error(`The dependencies cannot be installed. Try: npm ci\n${output.trim()}`);
  }
}
