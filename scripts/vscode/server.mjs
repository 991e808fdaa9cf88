import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Settings that keep a fresh profile quiet and off the network. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // In a browser the editor would save by itself, and a test or a try would change the files.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

const foldersIn = (data) => [
  '--accept-server-license-terms',
  ...['--telemetry-level', 'off'],
  ...['--server-data-dir', path.join(data, 'server')],
  ...['--user-data-dir', path.join(data, 'user')],
  ...['--extensions-dir', path.join(data, 'extensions')],
];

// Without a gallery address the server never asks a marketplace.
const environment = (extra) => ({ ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...extra });

const mainOf = (vscode) => path.join(vscode, 'out', 'server-main.js');

/** Writes the settings of a fresh profile; one that exists belongs to the person who uses it. */
export function prepareProfile(data) {
  const file = path.join(data, 'user', 'User', 'settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.mkdirSync(path.join(data, 'extensions'), { recursive: true });
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, JSON.stringify(quietSettings, null, 2));
  }
}

/** Node prints whole minified lines on a crash; keep what a person can read. */
const readable = (text) => {
  const lines = text.split('\n').filter((line) => line.trim() && line.length < 300);
  return lines.slice(0, 10).join('\n');
};

/** Installs a packaged extension into the data folder; needs no network. */
export async function installVsix({ vscode, data, vsix }) {
  prepareProfile(data);
  const args = [mainOf(vscode), ...foldersIn(data), '--install-extension', vsix, '--force'];
  const result = await promisify(execFile)(process.execPath, args, { env: environment() }).catch((it) => it);
  // The exit code alone does not tell: look for the server's own word.
  if (!/was successfully installed/.test(result.stdout)) {
    throw new Error(`${vsix} was not installed:\n${readable(`${result.stdout}\n${result.stderr}`)}`);
  }
}

/** Starts the server on a port of this machine only, and resolves when it listens. */
export async function startServer({ vscode, data, port = 0, env = {} }) {
  prepareProfile(data);
  const log = path.join(data, 'server.log');
  const args = [mainOf(vscode), ...foldersIn(data), '--host', '127.0.0.1', '--port', String(port)];
  const child = spawn(
    process.execPath,
    [...args, '--without-connection-token', '--disable-workspace-trust'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(env),
      detached: process.platform !== 'win32',
    },
  );
  const lines = fs.createWriteStream(log);
  child.stderr.on('data', (chunk) => lines.write(chunk));
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const stop = () => stopWithChildren(child, ended);
  const bound = await Promise.race([portOf(child, lines), ended.then(() => undefined), late(30_000)]);
  if (!bound) {
    await stop();
    throw new Error(`VS Code's server did not start:\n${readable(fs.readFileSync(log, 'utf8'))}`);
  }
  return { origin: `http://127.0.0.1:${bound}`, log, ended, stop };
}

/** Puts the folder of an extension among the installed ones of a profile that has never been started. */
export function addExtension({ data, folder }) {
  const { publisher, name, version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  fs.cpSync(folder, path.join(data, 'extensions', `${publisher}.${name}-${version}`), { recursive: true });
}

/** The system chooses the port; the server says which one it got. */
function portOf(child, lines) {
  let seen = '';
  return new Promise((resolve) => {
    child.stdout.on('data', (chunk) => {
      lines.write(chunk);
      seen += seen.length < 4000 ? chunk : '';
      const found = /listening on (\d+)/.exec(seen);
      if (found) {
        resolve(found[1]);
      }
    });
  });
}

const late = (ms) => new Promise((resolve) => void setTimeout(resolve, ms).unref());

async function stopWithChildren(child, ended) {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  }
  // The extension host and language servers notice the end late; they share the server's process group.
  try {
    if (process.platform !== 'win32') {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // Nobody is left.
  }
}

const uriPath = (file) => `/${path.resolve(file).split(path.sep).join('/').replace(/^\/+/, '')}`;

/** The page itself reads the payload, so the address works in any browser, driven or not. */
export function pageAddress({ origin, folder, extension, tests, file, line }) {
  const remote = (target) => `vscode-remote://${new URL(origin).host}${uriPath(target)}`;
  const payload = [['skipWelcome', 'true']];
  if (extension) {
    payload.push(['extensionDevelopmentPath', remote(extension)]);
  }
  if (tests) {
    payload.push(['extensionTestsPath', remote(tests)]);
  }
  if (file) {
    payload.push(['openFile', `${remote(file)}${line ? `:${line}` : ''}`], ['gotoLineMode', 'true']);
  }
  return `${origin}/?${new URLSearchParams({ folder: uriPath(folder), payload: JSON.stringify(payload) })}`;
}
