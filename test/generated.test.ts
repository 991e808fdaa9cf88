import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '../server/src/engine/rules/index';
import { ownRules } from '../server/src/engine/rules/own-rules';
import { pageHeader, ruleTable } from './support/generated';

const rulesDir = 'server/src/engine/rules';
const documented = [...rules, ...ownRules];

test('the rule table is up to date', () => {
  expectFile(`${rulesDir}/README.md`, () => ruleTable(documented));
});

test('page headers are up to date', () => {
  for (const rule of documented) {
    expectFile(`${rulesDir}/${rule.name}.md`, (page) =>
      page.replace(/^<!-- generated -->.*$/m, pageHeader(rule)),
    );
  }
});

test('the settings name every rule', () => {
  expectFile('package.json', (current) => {
    const manifest = JSON.parse(current);
    const names = documented.map((rule) => rule.name).sort();
    const properties = manifest.contributes.configuration.properties ?? {};
    properties['istioEgress.rules'].properties = Object.fromEntries(
      names.map((name) => [name, { enum: ['error', 'warning', 'info', 'off'] }]),
    );
    return `${JSON.stringify(manifest, null, 2)}\n`;
  });
});

/** Fails when the file is stale. `UPDATE=1 npm test` writes it instead. */
function expectFile(path: string, generate: (current: string) => string): void {
  const current = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const wanted = generate(current);
  if (process.env.UPDATE && wanted !== current) {
    writeFileSync(path, wanted);
    return;
  }
  assert.equal(current, wanted, `${path} is stale: run UPDATE=1 npm test`);
}
