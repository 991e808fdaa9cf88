import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inProject, project } from '../lib/project.mjs';
import { findBrowser } from '../vscode/browser.mjs';
import { comesBack, scenes } from './panels-again.mjs';

const windows = process.platform === 'win32';

/** `npm start`, as someone types it: with a `code` on the PATH, and without one. */
export async function start(tally) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'istio-egress-start-'));
  try {
    await attempt(tally, 'npm start opens the examples in the installed code', () => installed(scratch));
    if (process.platform === 'linux') {
      await embedded(tally, scratch);
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function attempt(tally, title, check) {
  try {
    await check();
    tally.pass();
  } catch (error) {
    tally.fail(`start: ${title}`, error.stack ?? String(error));
  }
}

function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

/** A stand-in for `code` that writes down how it was called. */
async function installed(scratch) {
  const bin = path.join(scratch, 'bin');
  const called = path.join(scratch, 'called.txt');
  fs.mkdirSync(bin);
  if (windows) {
    fs.writeFileSync(path.join(bin, 'code.cmd'), `@echo %* > "${called}"\r\n`);
  } else {
    fs.writeFileSync(path.join(bin, 'code'), `#!/bin/sh\nprintf '%s\\n' "$@" > '${called}'\n`, {
      mode: 0o755,
    });
  }
  const run = npmStart({ PATH: [bin, process.env.PATH ?? ''].join(path.delimiter) });
  const status = await run.ended;
  expect(status === 0, `npm start ended with ${status}:\n${run.output()}`);
  const args = fs.readFileSync(called, 'utf8');
  expect(args.includes(`--extensionDevelopmentPath=${project}`), `the extension is not loaded:\n${args}`);
  expect(args.includes(inProject('examples')), `the examples are not opened:\n${args}`);
}

/** The editor that is installed then, seen in a browser by somebody who uses it and loads the page again. */
async function embedded(tally, scratch) {
  const executable = await findBrowser((text) => console.log(`  ${text}`));
  // Its packages exist only after the first stage made sure of them.
  const { openPage } = await import('../vscode/page.mjs');
  const run = npmStart(
    { PATH: pathWithoutCode(scratch), DISPLAY: '', WAYLAND_DISPLAY: '' },
    path.join(scratch, 'profile'),
  );
  let browser;
  try {
    const address = await run.says(/http:\/\/127\.0\.0\.1:\S+/);
    const { origin } = new URL(address);
    const results = inProject('test-results', 'start');
    fs.mkdirSync(results, { recursive: true });
    const opened = await openPage({ origin, executable, log: path.join(results, 'page.log') });
    browser = opened.browser;
    const { page } = opened;
    await attempt(
      tally,
      'npm start prints an address that shows the broken example with its squiggle',
      async () => {
        await page.goto(address);
        await page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 120_000 });
        await page.screenshot({ path: path.join(results, 'squiggle.png') });
      },
    );
    await page.close();
    const context = page.context();
    for (const [what, scene] of Object.entries(scenes)) {
      await attempt(tally, `${what} comes back as it was when the window is opened again`, () =>
        comesBack(context, address, scene, path.join(results, `${what.split(' ').at(-1)}-again.png`)),
      );
    }
    expect(opened.blocked.size === 0, `the editor asked for other hosts: ${[...opened.blocked]}`);
  } finally {
    await browser?.close();
    run.stop();
  }
  await attempt(tally, 'npm start ends when it is interrupted', async () => {
    const status = await run.ended;
    expect(
      status === 0 || status === 'SIGINT' || status === 130,
      `it ended with ${status}:\n${run.output()}`,
    );
  });
}

/** The PATH without any `code`. A folder that holds one may hold node and npm too, so links to the rest stand for it. */
function pathWithoutCode(scratch) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const rest = (folder, index) => {
    if (!fs.existsSync(path.join(folder, 'code'))) {
      return folder;
    }
    const links = path.join(scratch, `path-${index}`);
    fs.mkdirSync(links);
    for (const name of fs.readdirSync(folder).filter((it) => it !== 'code')) {
      fs.symlinkSync(path.resolve(folder, name), path.join(links, name));
    }
    return links;
  };
  return folders.map(rest).join(path.delimiter);
}

/** Runs the command of the README and listens to it. */
function npmStart(env, data) {
  const args = ['start', ...(data ? ['--', '--data', data] : [])];
  const child = spawn('npm', args, {
    cwd: project,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: windows,
    detached: !windows,
  });
  let output = '';
  const heard = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      heard.forEach((listen) => void listen());
    });
  }
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  const says = (pattern) =>
    new Promise((resolve, reject) => {
      heard.add(() => pattern.test(output) && resolve(pattern.exec(output)[0]));
      void ended.then((status) => reject(new Error(`npm start ended with ${status}:\n${output}`)));
    });
  // Like Ctrl+C in a terminal, which reaches npm and what it started.
  const stop = () => (windows || !child.pid ? child.kill() : process.kill(-child.pid, 'SIGINT'));
  return { ended, says, stop, output: () => output };
}
