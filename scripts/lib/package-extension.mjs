import fs from 'node:fs';
import path from 'node:path';
import { inProject } from './project.mjs';
import { must } from './run.mjs';

/** Makes the .vsix out of what is built, and resolves with its path. */
export async function packageExtension({ out }) {
  fs.mkdirSync(path.dirname(out), { recursive: true });
  await must(process.execPath, [
    inProject('node_modules', '@vscode', 'vsce', 'vsce'),
    'package',
    // Everything is bundled: not one package of node_modules belongs inside.
    '--no-dependencies',
    // The links of the README stay as they are, since the project names no address they could start from.
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    ...['--out', out],
  ]);
  return out;
}
