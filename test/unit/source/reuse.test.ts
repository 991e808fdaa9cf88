import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readSource } from '../../../server/src/engine/source/read-source';
import type { SourceFile } from '../../../server/src/engine/source/source';
import { assertConsistent, describe, fixtures, options, readFixture, seeded } from './fixtures';

const uri = 'file:///w/egress.yaml';
const entry = (name: string, host = `${name}.example.com`): string =>
  `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: ${name}\nspec:\n  hosts:\n  - ${host}\n`;
const joined = (...documents: string[]): string => documents.join('---\n');
const read = (text: string, previous?: SourceFile): SourceFile =>
  readSource(uri, 'yaml', text, options, previous);

/** For each document of `after`, which one of `before` it shares its slot and its document with. */
function kept(before: SourceFile, after: SourceFile): string {
  return after.entries
    .map((it) => {
      const slot = before.entries.findIndex((other) => other.slot === it.slot);
      const same = before.entries.findIndex((other) => other.document === it.document);
      return same === slot ? `${slot}` : `${slot}~${same < 0 ? '' : same}`;
    })
    .join(' ');
}

suite('what a new version keeps of the one before', () => {
  const before = read(joined(entry('a'), entry('b'), entry('c'), entry('d')));
  // `2` kept document and slot of the third, `2~` its slot alone, `-1` is new.
  const cases: readonly (readonly [string, string, string])[] = [
    ['nothing changed', before.text, '0 1 2 3'],
    ['one edited', joined(entry('a'), entry('b', 'x'), entry('c'), entry('d')), '0 1~ 2 3'],
    ['the first edited', joined(entry('a', 'x'), entry('b'), entry('c'), entry('d')), '0~ 1 2 3'],
    ['the last edited', joined(entry('a'), entry('b'), entry('c'), entry('d', 'x')), '0 1 2 3~'],
    ['two edited', joined(entry('a', 'x'), entry('b'), entry('c', 'x'), entry('d')), '0~ 1 2~ 3'],
    ['one put above', joined(entry('new'), entry('a'), entry('b'), entry('c'), entry('d')), '-1 0~ 1 2 3'],
    ['one put between', joined(entry('a'), entry('b'), entry('new'), entry('c'), entry('d')), '0 1 -1 2 3'],
    ['one added below', joined(entry('a'), entry('b'), entry('c'), entry('d'), entry('new')), '0 1 2 3 -1'],
    ['one removed', joined(entry('a'), entry('c'), entry('d')), '0 2 3'],
    ['two swapped', joined(entry('a'), entry('c'), entry('b'), entry('d')), '0 2 1 3'],
    ['one doubled', joined(entry('a'), entry('b'), entry('b'), entry('c'), entry('d')), '0 1 -1 2 3'],
    ['one split', before.text.replace('  name: b', '---\n  name: b'), '0 1~ -1 2 3'],
    ['two merged', joined(entry('a'), entry('b') + entry('c'), entry('d')), '0 1~ 3'],
    ['all removed', '# nothing left\n', ''],
    ['a comment above all', `# mine\n${before.text}`, '0~ 1 2 3'],
  ];
  for (const [name, text, expected] of cases) {
    test(name, () => {
      // A document in front of which nothing stands has no `---`, so the first one changes when it is moved.
      assert.equal(kept(before, read(text, before)), expected);
    });
  }

  test('a document that moves has a new place, one that stays keeps its entry', () => {
    const after = read(joined(entry('a'), entry('b', 'longer'), entry('c'), entry('d')), before);
    assert.equal(after.entries[0], before.entries[0]);
    const [, , third] = after.entries;
    assert.equal(
      after.text.slice(third!.place.toFile(0), third!.place.toFile(third!.document.yaml.text.length)),
      `---\n${entry('c')}`,
    );
  });

  test('without a version before it, nothing is shared', () => {
    assert.equal(kept(before, read(before.text)), '-1 -1 -1 -1');
  });

  test('another way to read them makes other documents in the same slots', () => {
    const text = joined(entry('a', '$(A)'), entry('b'));
    const literal = readSource(uri, 'yaml', text, { ...options, templates: false });
    assert.deepEqual(
      literal.entries.map(({ document }) => document.holes.length),
      [0, 0],
    );
    assert.equal(kept(literal, read(text, literal)), '0~ 1~');
    const helm = readSource(uri, 'helm', `${text}# {{ x }}\n`, options, literal);
    assert.deepEqual(
      helm.entries.map(({ document }) => document.partial),
      ['template', 'template'],
    );
  });

  test('a runbook keeps its blocks while prose is written around them', () => {
    const block = (name: string, flags = ''): string =>
      `\`\`\`sh\nkubectl apply ${flags} -f - <<EOF\n${entry(name)}EOF\n\`\`\`\n`;
    const first = readSource(
      'file:///w/a.md',
      'markdown',
      `# One\n${block('a')}Then\n${block('b')}`,
      options,
    );
    const moved = readSource(
      'file:///w/a.md',
      'markdown',
      `# One and more\n\n${block('b')}Then\n${block('a')}`,
      options,
      first,
    );
    assert.equal(kept(first, moved), '1 0');
    const flagged = readSource(
      'file:///w/a.md',
      'markdown',
      `# One\n${block('a')}Then\n${block('b', '-n shop')}`,
      options,
      first,
    );
    assert.equal(kept(first, flagged), '0 1~');
    assert.equal(flagged.entries[1]?.document.commandNamespace, 'shop');
  });
});

suite('reading a version after another is reading it alone', () => {
  for (const { name, text } of fixtures()) {
    test(`${name}, edited at random`, () => {
      const random = seeded(7);
      const inserts = [
        '\n',
        '---\n',
        '\n---\n',
        '...\n',
        '# c\n',
        '- ',
        'a: b\n',
        '-',
        '.',
        ' ',
        '"',
        '{{',
        '}}',
        '\r\n',
        '$X',
        '<<EOF\n',
      ];
      let version = text;
      let file = readFixture(name, version);
      for (let step = 0; step < 150; step++) {
        const at = random(version.length + 1);
        const removed = random(3) === 0 ? random(30) : 0;
        version =
          version.slice(0, at) +
          (random(4) === 0 ? '' : inserts[random(inserts.length)]) +
          version.slice(at + removed);
        file = readFixture(name, version, options, file);
        assert.equal(describe(file), describe(readFixture(name, version)), `step ${step}`);
        assertConsistent(file);
        assert.equal(new Set(file.entries.map(({ slot }) => slot.id)).size, file.entries.length);
      }
    });
  }
});
