import { packageExtension } from '../lib/package-extension.mjs';
import { inProject } from '../lib/project.mjs';

/** Runs of the suite in a real VS Code: from the source folder, beside another YAML extension, and installed. */
const runs = {
  source: { name: 'editor', suites: 'suite' },
  beside: {
    name: 'editor-with-yaml',
    suites: 'with-yaml',
    installed: [inProject('test', 'vscode', 'extensions', 'redhat-yaml')],
  },
  packed: { name: 'editor-vsix', suites: 'suite' },
};

export async function editor(tally) {
  await runAll(tally, [runs.source, runs.beside]);
}

export async function vsix(tally) {
  const file = await packageExtension({ out: inProject('test-results', 'istio-egress.vsix') });
  await runAll(tally, [{ ...runs.packed, vsix: file }]);
}

async function runAll(tally, requests) {
  const say = (text) => console.log(`  ${text}`);
  // Its packages exist only after the first stage made sure of them.
  const { findHost } = await import('../vscode/host.mjs');
  const host = await findHost(say);
  for (const request of requests) {
    say(`${request.name}: ${host.name}`);
    count(tally, request, await host.run(request));
  }
}

function count(tally, { name }, { outcome, report, problems, blocked }) {
  const tests = report?.tests ?? [];
  for (const test of tests) {
    if (test.state === 'passed') {
      tally.pass();
    } else {
      const detail = test.error ?? 'The test is skipped. Nothing passes by being skipped.';
      tally.fail(`${name}: ${test.title}`, detail);
    }
  }
  const failed = tests.some((test) => test.state !== 'passed');
  if (tests.length === 0) {
    const cause = typeof outcome === 'string' ? outcome : 'it did not load, or the extension host died';
    tally.fail(`${name}: the suite gave no result`, [cause, ...problems.slice(-5)].join('\n'));
  } else if (outcome !== 0 && !failed) {
    tally.fail(`${name}: the run ended with ${outcome}`, problems.slice(-5).join('\n'));
  }
  if (blocked.length > 0) {
    tally.fail(`${name}: the editor asked for other hosts`, blocked.join('\n'));
  }
}
