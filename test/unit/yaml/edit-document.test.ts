import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { applyEdits } from '../../../server/src/engine/text/edit';
import type { YamlEdit } from '../../../server/src/engine/yaml/edit';
import { editDocument } from '../../../server/src/engine/yaml/edit-document';
import { readYaml } from '../../../server/src/engine/yaml/read';

interface Example {
  readonly name: string;
  readonly before: string;
  readonly edits: readonly YamlEdit[];
  readonly after: string;
}

function examples(): Example[] {
  const file = path.join(process.cwd(), 'test', 'fixtures', 'yaml', 'edits.md');
  const [, ...sections] = fs.readFileSync(file, 'utf8').split(/^## /m);
  return sections.map((section) => {
    const [before, edits, after] = [...section.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(
      ([, body]) => body!,
    );
    return {
      name: section.slice(0, section.indexOf('\n')),
      before: before!,
      edits: edits!
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as YamlEdit),
      after: after!,
    };
  });
}

function edited(text: string, edits: readonly YamlEdit[]): string {
  return applyEdits(text, editDocument(readYaml(text), edits));
}

suite('edits', () => {
  for (const { name, before, edits, after } of examples()) {
    test(name, () => {
      assert.equal(edited(before, edits), after);
    });

    test(`${name}, with CRLF`, () => {
      assert.equal(edited(before.replaceAll('\n', '\r\n'), edits), after.replaceAll('\n', '\r\n'));
    });

    test(`${name}, without a line break at the end`, () => {
      const result = edited(before.trimEnd(), edits);
      assert.equal(result, after.trimEnd());
    });

    test(`${name}, behind a byte order mark`, () => {
      assert.equal(edited(`\uFEFF${before}`, edits), `\uFEFF${after}`);
    });
  }

  test('an empty document gets its first value', () => {
    const set: YamlEdit = { op: 'set', path: ['kind'], value: 'Gateway' };
    assert.equal(edited('', [set]), 'kind: Gateway\n');
    assert.equal(edited('# head', [set]), '# head\nkind: Gateway\n');
    assert.equal(edited('# head\r\n---\r\n', [set]), '# head\r\n---\r\nkind: Gateway\r\n');
  });

  test('an alias bomb is left alone', () => {
    const text = [
      'l0: &l0 x',
      ...Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`)}]`),
    ];
    assert.deepStrictEqual(
      editDocument(readYaml(text.join('\n')), [{ op: 'set', path: ['l12', 0], value: 1 }]),
      [],
    );
  });

  test('an edit touches no more than it has to', () => {
    const text = 'spec:\n  hosts:\n  - a\n  gateways: [mesh]\n';
    const edits = editDocument(readYaml(text), [
      { op: 'insert', path: ['spec', 'gateways'], value: 'egress' },
    ]);
    assert.deepStrictEqual(edits, [{ span: { start: 38, end: 38 }, insert: ', egress' }]);
  });
});
