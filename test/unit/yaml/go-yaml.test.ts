import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { splitDocuments } from '../../../server/src/engine/yaml/chunks';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { verdicts } from './corpus';

suite('the YAML reader of a cluster', () => {
  for (const { id, text, refused } of verdicts()) {
    test(`${id} ${refused ? 'is refused' : 'is read'}`, () => {
      const problems = splitDocuments(text).flatMap((chunk) => readYaml(chunk.text).problems);
      assert.equal(
        problems.length > 0,
        refused !== undefined,
        `${refused} / ${problems[0]?.message}\n${text}`,
      );
    });
  }
});
