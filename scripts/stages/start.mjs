import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inProject, project } from '../lib/project.mjs';
import { findBrowser } from '../vscode/browser.mjs';

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
    await attempt(tally, 'the egress graph comes back as it was when the window is opened again', () =>
      graphComesBack(page, address, results),
    );
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

const graph = (page) => page.frameLocator('iframe.webview').last().frameLocator('#active-frame');

async function graphComesBack(page, address, results) {
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('F1');
  await page.keyboard.type('Istio Egress: Open Egress Graph to the Side');
  await page.keyboard.press('Enter');
  const filter = graph(page).getByRole('searchbox', { name: 'Filter' });
  await filter.waitFor({ timeout: 60_000 });
  await filter.fill('cnn');
  await graph(page).getByRole('button', { name: 'Table', exact: true }).click();
  await graph(page).locator('table').waitFor();
  await until('the window to write down its state', () => page.evaluate(isKept, '"filter":"cnn"'));
  const again = await page.context().newPage();
  await page.close();
  await again.goto(withoutFile(address));
  await graph(again).locator('table').waitFor({ timeout: 60_000 });
  await again.screenshot({ path: path.join(results, 'graph-again.png') });
  const value = await graph(again).getByRole('searchbox', { name: 'Filter' }).inputValue();
  expect(value === 'cnn', `the filter was "cnn" and is "${value}"`);
}

async function until(what, isSo) {
  for (let attempt = 0; attempt < 120; attempt++) {
    if (await isSo()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Whether the window has written down something with this text, quotes as they are: it does so every few seconds. */
async function isKept(text) {
  const databases = (await indexedDB.databases()).filter(({ name }) =>
    name.startsWith('vscode-web-state-db'),
  );
  const values = await Promise.all(databases.map(({ name }) => valuesOf(name)));
  return values.flat().some((value) => String(value).replaceAll('\\', '').includes(text));

  function valuesOf(name) {
    return new Promise((resolve) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => resolve([]);
      opening.onsuccess = () => {
        const database = opening.result;
        const reading = database.transaction('ItemTable').objectStore('ItemTable').getAll();
        reading.onerror = () => resolve([]);
        reading.onsuccess = () => {
          database.close();
          resolve(reading.result);
        };
      };
    });
  }
}

/** A window that is told to open a file does not open what it had before. */
function withoutFile(address) {
  const url = new URL(address);
  const payload = JSON.parse(url.searchParams.get('payload')).filter(([name]) => name !== 'openFile');
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
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
