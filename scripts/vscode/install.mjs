import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inProject } from '../lib/project.mjs';
import { must } from '../lib/run.mjs';
import { release, standIns } from './release.mjs';

export const cache = inProject('.vscode-test');

/**
 * Installs the embedded VS Code into the cache and resolves with its folder. A second call finds it there.
 *
 * The folder's name says what is inside, so another pin gives another folder and nothing is ever patched. All
 * work happens in a scratch folder that is renamed at the very end: an interrupted run leaves nothing behind.
 */
export async function installVSCode(say) {
  const recipe = JSON.stringify([release, standIns, process.platform, process.arch]);
  const digest = createHash('sha256').update(recipe).digest('hex').slice(0, 8);
  const home = path.join(cache, `vscode-${release.vscode}-${digest}`);
  if (fs.existsSync(home)) {
    return home;
  }
  const scratch = path.join(cache, `.installing-${process.pid}`);
  try {
    const vscode = path.join(scratch, 'vscode');
    fs.mkdirSync(vscode, { recursive: true });
    await unpack(scratch, say);
    await addPackages(vscode, say);
    addStandIns(vscode);
    // Fails here, and not in the first test, when a module is missing.
    const server = path.join(vscode, 'out', 'server-main.js');
    await must(process.execPath, [server, '--server-data-dir', path.join(scratch, 'data'), '--version']);
    moveInto(vscode, home);
    return home;
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function unpack(scratch, say) {
  const tarball = `code-server-${release.codeServer}.tgz`;
  say(`fetching VS Code ${release.vscode} (about 45 MB) …`);
  await must(
    'npm',
    ['pack', `code-server@${release.codeServer}`, '--silent', '--pack-destination', scratch],
    {
      cwd: scratch,
    },
  );
  const sum = createHash('sha512')
    .update(fs.readFileSync(path.join(scratch, tarball)))
    .digest('base64');
  if (`sha512-${sum}` !== release.integrity) {
    throw new Error(`${tarball} is not the pinned one: its checksum is sha512-${sum}`);
  }
  say('unpacking it …');
  const inside = 'package/lib/vscode';
  const args = ['-xzf', tarball, '-C', 'vscode', '--strip-components=3', '--exclude=*.map', inside];
  await must('tar', args, { cwd: scratch });
}

async function addPackages(vscode, say) {
  say(`installing ${Object.keys(release.packages).length} packages it loads …`);
  const file = path.join(vscode, 'package.json');
  // Name, version and type stay: the server reads them. The shipped npm-shrinkwrap.json keeps the rest pinned.
  const { overrides, ...manifest } = JSON.parse(fs.readFileSync(file, 'utf8'));
  fs.writeFileSync(file, JSON.stringify({ ...manifest, dependencies: release.packages }, null, 2));
  await must('npm', ['install', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'], {
    cwd: vscode,
  });
}

function addStandIns(vscode) {
  for (const [name, source] of Object.entries(standIns)) {
    const folder = path.join(vscode, 'node_modules', ...name.split('/'));
    fs.mkdirSync(folder, { recursive: true });
    const manifest = { name, version: '0.0.0', main: 'index.js' };
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    fs.writeFileSync(path.join(folder, 'index.js'), source);
  }
}

function moveInto(vscode, home) {
  try {
    fs.renameSync(vscode, home);
  } catch (error) {
    // Another run finished first: its result is the same.
    if (!fs.existsSync(home)) {
      throw error;
    }
  }
}
