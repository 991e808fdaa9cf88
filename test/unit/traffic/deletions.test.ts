import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { deletionsOf } from '../../support/deletions';
import { trafficCases } from '../../support/traffic-cases';

/** In a broken configuration an object may stand behind another that says the same. */
const floors = [
  { file: 'bases.jsonl', least: 1 },
  { file: 'mutants.jsonl', least: 0.98 },
] as const;

suite('without a node that is said to have decided, a request goes otherwise', () => {
  for (const { file, least } of floors) {
    test(`${file}: at least ${least * 100} %`, () => {
      const all = trafficCases(file).flatMap((it) =>
        deletionsOf(it).map(({ changes, call, origin: { resource, path } }) => {
          return { changes, name: `${it.id} ${call}: ${resource.name} ${path.join('.')}` };
        }),
      );
      const idle = all.filter((it) => !it.changes);
      assert.ok(all.length > 500);
      const share = (all.length - idle.length) / all.length;
      assert.ok(share >= least, `${share} of ${all.length}:\n${idle.map((it) => it.name).join('\n')}`);
    });
  }
});
