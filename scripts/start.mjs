// Opens the example workspace in VS Code with this extension loaded: npm start
// The embedded editor keeps its settings and state in .vscode-test, or where you say: npm start -- --data FOLDER
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './lib/dependencies.mjs';
import { inProject, project } from './lib/project.mjs';
import { must, run } from './lib/run.mjs';
import { cache, installVSCode } from './vscode/install.mjs';
import { pageAddress, startServer } from './vscode/server.mjs';

const examples = inProject('examples');
const firstFile = inProject('examples', 'broken', 'gateway-not-bound.yaml');
/** Where its finding stands, so that there is something to see at once. */
const firstLine = fs.readFileSync(firstFile, 'utf8').split('\n').indexOf('  gateways:') + 1;

const say = (text) => console.log(text);

/** The `code` command of an installed VS Code, if it is on the PATH. */
function installedCode() {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => fs.existsSync(file));
}

async function openInstalled(code) {
  say(`opening ${examples} in ${code} …`);
  const args = ['--new-window', `--extensionDevelopmentPath=${project}`, examples];
  args.push('--goto', `${firstFile}:${firstLine}`);
  const { code: status, output } = await run(code, args);
  if (status !== 0) {
    throw new Error(`${code} ended with ${status}:\n${output.trim()}`);
  }
}

async function openEmbedded(data) {
  const vscode = await installVSCode(say);
  // A browser keeps the editor's state per address, so the port stays the same where it can.
  const port = (await isFree(8123)) ? 8123 : 0;
  const server = await startServer({ vscode, data, port });
  const { origin } = server;
  const address = pageAddress({
    origin,
    folder: examples,
    extension: project,
    file: firstFile,
    line: firstLine,
  });
  say(`\nOpen this address in a browser on this machine (Ctrl+C here ends the server):\n\n  ${address}\n`);
  openInBrowser(address);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void server.stop());
  }
  await server.ended;
  await server.stop();
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = net.createServer().once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function openInBrowser(address) {
  const hasScreen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (process.platform === 'linux' && !hasScreen) {
    return;
  }
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  const child = spawn(opener, [address], { stdio: 'ignore', detached: true });
  child.on('error', () => say('No browser could be started: open the address by hand.'));
  child.unref();
}

try {
  const { values } = parseArgs({
    options: { data: { type: 'string', default: path.join(cache, 'profile') } },
  });
  await ensureDependencies(say);
  say('building …');
  await must(process.execPath, ['esbuild.mjs']);
  const code = installedCode();
  await (code ? openInstalled(code) : openEmbedded(values.data));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
