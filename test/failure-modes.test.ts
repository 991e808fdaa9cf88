import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { rules } from '../server/src/engine/rules/index';
import { ownRules } from '../server/src/engine/rules/own-rules';

const page = readFileSync('docs/failure-modes.md', 'utf8');
const rows = page.split('\n').flatMap((line) => {
  const cells = /^\| (?<mode>F\d+) \| (?<what>[^|]+) \| (?<answer>[^|]+) \|$/.exec(line)?.groups;
  return cells ? [cells as { readonly mode: string; readonly what: string; readonly answer: string }] : [];
});
const known = new Set([...rules, ...ownRules].map((it) => it.name));

suite('the table of failure modes', () => {
  test('has every mode once, in order', () => {
    assert.deepEqual(
      rows.map((it) => it.mode),
      Array.from({ length: 72 }, (_, index) => `F${index + 1}`),
    );
  });

  for (const { mode, answer } of rows) {
    test(`${mode} names rules that exist, or says why there is none`, () => {
      const links = [
        ...answer.matchAll(/\[(?<text>[^\]]+)\]\(\.\.\/server\/src\/engine\/rules\/(?<name>[^)]+)\.md\)/g),
      ];
      for (const { groups } of links) {
        assert.ok(known.has(groups!.name!), groups!.name);
        assert.equal(groups!.text, groups!.name!.split('/').at(-1));
      }
      assert.ok(
        links.length > 0 || /^not (?:in files|followed|followed by rules|a mistake): \S/.test(answer),
        answer,
      );
    });
  }
});
