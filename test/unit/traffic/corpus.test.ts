import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { trace } from '../../../server/src/engine/traffic/trace';
import { tracedPaths, trafficCases, viewOf } from '../../support/traffic-cases';

for (const [file, least] of [
  ['bases.jsonl', 73],
  ['mutants.jsonl', 280],
] as const) {
  const cases = trafficCases(file);
  suite(`requests go where Istio sends them: ${file}`, () => {
    test(`there are at least ${least} configurations`, () => assert.ok(cases.length >= least));

    for (const it of cases) {
      test(it.id, () => {
        const view = viewOf(it);
        for (const { paths, ...call } of it.calls) {
          const traced = tracedPaths(view, call);
          assert.deepEqual(sorted(traced), sorted(paths), `${call.id}: ${call.scheme}://${call.host}`);
        }
      });
    }
  });
}

/** The order in which the branches of a split are told does not matter. */
function sorted(paths: readonly object[]): string[] {
  return paths.map((it) => JSON.stringify(it)).sort();
}

suite('every proxy a configured request passes says which lines decided', () => {
  for (const it of trafficCases('bases.jsonl')) {
    test(it.id, () => {
      const view = viewOf(it);
      const paths = it.calls.flatMap((call) => trace(view, call));
      const hops = paths
        .filter(({ outcome }) => outcome === 'external' || outcome === 'direct-response')
        .flatMap((path) => path.hops);
      assert.deepEqual(
        hops.filter(({ decidedBy }) => decidedBy.length === 0).map(({ proxy, cluster }) => [proxy, cluster]),
        [],
      );
    });
  }
});
