import fs from 'node:fs';
import path from 'node:path';
import { project } from '../lib/project.mjs';
import { serveDriver } from './driver.mjs';
import { emptyExtension, prepareRun, readReport, testsEntry, timeLimit } from './editor-run.mjs';
import { openPage } from './page.mjs';
import { release } from './release.mjs';
import { addExtension, installVsix, pageAddress, startServer } from './server.mjs';

/** The suite in the embedded VS Code, shown by a headless browser. */
export function embeddedHost({ vscode, browser }) {
  return {
    name: `embedded VS Code ${release.vscode}, ${path.basename(browser)}`,
    run: (request) => runEmbedded({ vscode, browser, ...request }),
  };
}

async function runEmbedded({ vscode, browser, name, suites, installed = [], vsix, seconds = 600 }) {
  const run = prepareRun({ name, suites });
  const open = { server: undefined, page: undefined, stopDriver: undefined };
  try {
    for (const folder of installed) {
      addExtension({ data: run.data, folder });
    }
    if (vsix) {
      await installVsix({ vscode, data: run.data, vsix });
    }
    // Sockets and temporary files go to the folder that is removed at the end.
    const env = { ...run.env, TMPDIR: run.data, XDG_RUNTIME_DIR: run.data };
    open.server = await startServer({ vscode, data: run.data, env });
    const { origin } = open.server;
    open.page = await openPage({ origin, executable: browser, log: path.join(run.results, 'page.log') });
    const { page } = open.page;
    // The workbench calls a function of this name when the suite's promise settles.
    const finished = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    open.stopDriver = serveDriver({ pages: () => [page], folder: run.driver, shots: run.shots });
    const extension = vsix ? emptyExtension : project;
    await page.goto(pageAddress({ origin, folder: run.workspace, extension, tests: testsEntry }));
    const stopped = open.server.ended.then((code) => `the server stopped (${code})`);
    const outcome = await Promise.race([finished, stopped, timeLimit(seconds)]);
    await page.screenshot({ path: path.join(run.shots, 'end.png') }).catch(() => {});
    return { outcome, report: readReport(run), problems: problemsOf(run), blocked: [...open.page.blocked] };
  } finally {
    await open.stopDriver?.();
    await open.page?.browser.close().catch(() => {});
    await open.server?.stop();
    keepLogs(run);
    run.remove();
  }
}

/** What the page complained of, without the noise of files that code-server's own front end would bring. */
function problemsOf({ results }) {
  const lines = fs.readFileSync(path.join(results, 'page.log'), 'utf8').split('\n');
  return lines.filter((line) => /^\[(error|uncaught)\] (?!%c|Failed to load)/.test(line));
}

function keepLogs({ data, results }) {
  for (const [from, to] of [
    ['server.log', 'server.log'],
    ['server/data/logs', 'server-logs'],
    ['user/logs', 'logs'],
  ]) {
    if (fs.existsSync(path.join(data, from))) {
      fs.cpSync(path.join(data, from), path.join(results, to), { recursive: true });
    }
  }
}
