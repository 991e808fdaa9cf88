import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inProject } from '../lib/project.mjs';

/**
 * The folders of one run of the in-editor suite: results that stay, and data that goes.
 *
 * The workspace is a copy of the examples: tests may write into it.
 */
export function prepareRun({ name, suites }) {
  const results = inProject('test-results', name);
  const shots = path.join(results, 'screenshots');
  fs.rmSync(results, { recursive: true, force: true });
  fs.mkdirSync(shots, { recursive: true });
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'istio-egress-run-'));
  const workspace = path.join(data, 'workspace');
  fs.cpSync(inProject('examples'), workspace, { recursive: true });
  const driver = path.join(data, 'driver');
  fs.mkdirSync(driver);
  const report = path.join(results, 'report.json');
  return {
    results,
    shots,
    data,
    workspace,
    driver,
    report,
    env: { TEST_SUITES: suites, TEST_REPORT: report, TEST_DRIVER: driver },
    remove: () => fs.rmSync(data, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export const testsEntry = inProject('dist', 'test-vscode', 'index.cjs');

/** An extension that does nothing: VS Code runs tests only where some extension is under development. */
export const emptyExtension = inProject('test', 'vscode', 'extensions', 'empty');

export const readReport = ({ report }) =>
  fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : undefined;

/** Resolves after a time with words for what did not happen. */
export const timeLimit = (seconds) =>
  new Promise((resolve) => void setTimeout(resolve, seconds * 1000, `no result within ${seconds} s`).unref());
