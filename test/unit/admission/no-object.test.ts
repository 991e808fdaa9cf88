import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Inspector } from '../../../server/src/engine/admission/inspect';
import { readSource } from '../../../server/src/engine/source/read-source';

const options = { templates: true, maxLength: 20_000, chartTemplate: false };

/** Who would refuse each document of a file, and how many findings say so. */
function answers(text: string): readonly (readonly [string | undefined, number])[] {
  const inspector = new Inspector();
  return readSource('file:///a.yaml', undefined, text, options).entries.map(({ document }) => {
    const { objects, findings } = inspector.inspect(document);
    return [objects[0]?.rejectedBy, findings.length] as const;
  });
}

suite('a document that is no object', () => {
  for (const text of ['just text\n', '5\n', '- a\n- b\n', '[]\n']) {
    test(`is refused, but may be a good file of another kind: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(answers(text), [['yaml', 0]]);
    });
  }

  for (const text of ['null\n', 'a: b\n']) {
    test(`is nothing to refuse: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(answers(text), [[undefined, 0]]);
    });
  }
});

test('a directive is a broken document of its own, the object behind it is good', () => {
  assert.deepEqual(answers('%YAML 1.2\n---\na: b\n'), [
    ['yaml', 1],
    [undefined, 0],
  ]);
});
