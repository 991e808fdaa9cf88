import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Graph } from '../../../server/src/engine/graph/graph';
import { failures } from '../../../server/src/engine/intent/ways';
import type { Finding } from '../../../server/src/engine/model/finding';
import { GraphScene } from '../../support/graph-scene';
import { type TrafficCase, trafficCases } from '../../support/traffic-cases';

const sceneOf = ({ files, mesh, stock = false }: TrafficCase): GraphScene =>
  new GraphScene(files, { stock, ...(mesh !== undefined && { mesh }) });

/** Some route, server or rule was written for a request, and the request does not get there. */
const isDefeatedIntent = ({ layer, severity }: Finding): boolean =>
  layer === 'traffic' && (severity === 'error' || severity === 'warning');

const wrongEdges = ({ edges }: Graph) => edges.filter((it) => it.state !== 'ok');

for (const [file, least] of [
  ['bases.jsonl', 73],
  ['mutants.jsonl', 200],
] as const) {
  const cases = trafficCases(file);
  suite(`graph and findings say the same: ${file}`, () => {
    test(`there are at least ${least} configurations`, () => assert.ok(cases.length >= least));

    for (const it of cases) {
      test(it.id, () => {
        const scene = sceneOf(it);
        const graph = scene.graph();
        const unexplained = wrongEdges(graph).filter((edge) => (edge.reason ?? '') === '');
        assert.deepEqual(
          unexplained.map((edge) => edge.id),
          [],
          'an edge is not as it should be and says no reason',
        );
        const drawn = new Set(wrongEdges(graph).flatMap((edge) => edge.findings));
        const undrawn = scene
          .findings()
          .filter((finding) => isDefeatedIntent(finding) && !drawn.has(finding));
        assert.deepEqual(
          undrawn.map(({ code, message }) => `${code}: ${message}`),
          [],
          'a finding has no edge',
        );
      });
    }
  });
}

suite('what Istio drops on the way is drawn as broken', () => {
  const cases = trafficCases('mutants.jsonl');
  let drawn = 0;
  for (const it of cases) {
    test(it.id, () => {
      const { edges } = sceneOf(it).graph();
      for (const { from, host, port, paths, path = '/' } of it.calls) {
        const request = `${host}:${port}`;
        const own = edges.filter(({ requests }) => requests.includes(request));
        const isFollowed = path === '/' && own.some((edge) => edge.from === `client ${from.namespace}`);
        if (isFollowed && paths.every(({ outcome }) => failures.has(outcome!))) {
          drawn++;
          assert.ok(
            own.some((edge) => edge.state === 'broken'),
            `${request} from ${from.namespace} fails, and no edge says so`,
          );
        }
      }
    });
  }

  test('that is so for many requests', () => assert.ok(drawn >= 80, `it was so for ${drawn}`));
});

suite('correct configurations', () => {
  for (const it of trafficCases('bases.jsonl')) {
    test(`${it.id} has no broken edge`, () => {
      const broken = sceneOf(it)
        .graph()
        .edges.filter(({ state }) => state === 'broken');
      assert.deepEqual(
        broken.map(({ id, reason }) => `${id}: ${reason}`),
        [],
      );
    });
  }
});
