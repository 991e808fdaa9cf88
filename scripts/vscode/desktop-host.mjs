import { execFile } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
  SilentReporter,
} from '@vscode/test-electron';
import { chromium } from 'playwright-core';
import { project } from '../lib/project.mjs';
import { serveDriver } from './driver.mjs';
import { emptyExtension, prepareRun, readReport, testsEntry, timeLimit } from './editor-run.mjs';
import { cache } from './install.mjs';
import { addExtension, quietSettings } from './server.mjs';

/** The suite in a desktop VS Code. */
export function desktopHost(executable) {
  return {
    name: `desktop VS Code at ${executable}`,
    run: (request) => runDesktop({ executable, ...request }),
  };
}

/** A downloaded desktop VS Code, or nothing where there is none to be had. */
export async function downloadedVSCode() {
  const download = downloadAndUnzipVSCode({
    version: 'stable',
    cachePath: cache,
    timeout: 5000,
    reporter: new SilentReporter(),
  });
  return await download.catch(() => undefined);
}

async function runDesktop({ executable, name, suites, installed = [], vsix, seconds = 600 }) {
  const run = prepareRun({ name, suites });
  const user = path.join(run.data, 'user');
  const folders = [`--user-data-dir=${user}`, `--extensions-dir=${path.join(run.data, 'extensions')}`];
  fs.mkdirSync(path.join(user, 'User'), { recursive: true });
  fs.writeFileSync(path.join(user, 'User', 'settings.json'), JSON.stringify(quietSettings));
  let browser;
  let stopDriver;
  try {
    for (const folder of installed) {
      addExtension({ data: run.data, folder });
    }
    if (vsix) {
      const [command, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, {
        reuseMachineInstall: true,
      });
      await promisify(execFile)(command, [
        ...args,
        ...folders,
        ...asRoot,
        '--install-extension',
        vsix,
        '--force',
      ]);
    }
    const port = await freePort();
    const ended = runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: vsix ? emptyExtension : project,
      extensionTestsPath: testsEntry,
      extensionTestsEnv: run.env,
      launchArgs: [
        run.workspace,
        '--disable-workspace-trust',
        `--remote-debugging-port=${port}`,
        ...folders,
        ...asRoot,
      ],
    }).catch((error) => error.code ?? String(error.message));
    browser = await connect(port, ended);
    const pages = () => browser?.contexts().flatMap((context) => context.pages()) ?? [];
    stopDriver = serveDriver({ pages, folder: run.driver, shots: run.shots });
    const outcome = await Promise.race([ended, timeLimit(seconds)]);
    return { outcome, report: readReport(run), problems: [], blocked: [] };
  } finally {
    await stopDriver?.();
    await browser?.close().catch(() => {});
    run.remove();
  }
}

// Electron refuses to start for root with its sandbox on.
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The window that opens a moment later, as something that can be clicked and photographed. */
async function connect(port, ended) {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (let attempt = 0; attempt < 60 && !over; attempt++) {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => undefined);
    if (browser) {
      return browser;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return undefined;
}
