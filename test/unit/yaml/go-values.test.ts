import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { plainValue } from '../../../server/src/engine/yaml/walk';
import { goValues } from './corpus';

// Answers of sigs.k8s.io/yaml 1.6.0, which kubectl and the API server read YAML with. Left out are equal keys of
// different types, and keys that are beyond 2^53: no field of any kind is called so.
suite('values as go-yaml reads them', () => {
  for (const { text, json, refused } of goValues()) {
    test(`${JSON.stringify(text).slice(0, 80)} ${refused === undefined ? 'is read' : 'is refused'}`, () => {
      const { root, problems } = readYaml(text);
      if (refused !== undefined) {
        assert.ok(problems.length > 0, `${refused}: ${JSON.stringify(plainValue(root))}`);
        return;
      }
      assert.deepEqual(problems, []);
      // By way of JSON, as numbers of Go are compared.
      assert.deepEqual(JSON.parse(JSON.stringify(plainValue(root) ?? null)), json);
    });
  }

  test('what is not read is told', () => {
    const unread = (text: string) => readYaml(text).unread?.span;
    assert.deepEqual(unread('  a: 1\nb: 2\n'), { start: 2, end: 6 });
    assert.deepEqual(unread('  a: 1\n  b: 2\nc: 3\n'), { start: 14, end: 18 });
    assert.deepEqual(unread('{a: 1}\n{b: 2}\n'), { start: 7, end: 13 });
    assert.equal(unread('  a: 1\n\n  # b\n# c\n  b: 2\n'), undefined);
    assert.equal(unread('{a: 1} # b\n'), undefined);
  });
});
