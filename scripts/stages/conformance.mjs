import fs from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { ask, batch } from '../conformance/ask.mjs';
import { blinded, blindId, readCorpus } from '../conformance/corpus.mjs';
import { allFigures, documentScores, trafficScores } from '../conformance/score.mjs';
import { inProject } from '../lib/project.mjs';

const folder = (...names) => inProject('test', 'conformance', ...names);

/** Agreement with Istio's own code: no figure may fall behind its floor. Each counts as one test. */
export async function conformance(tally) {
  const limits = JSON.parse(fs.readFileSync(folder('limits.json'), 'utf8'));
  const [admission, traffic] = ['admission', 'traffic'].map((name) =>
    readCorpus(folder(name, 'cases.jsonl.gz'), folder(name, 'verdicts.jsonl.gz')),
  );
  const scores = await trafficScores(traffic);
  holdLimits(tally, 'traffic', limits.traffic, scores);
  missesAreListed(tally, scores);
  holdLimits(tally, 'admission', limits.admission, await documentScores(admission));
  await answersDependOnFilesAlone(tally, traffic);
}

function holdLimits(tally, name, limits, scores) {
  const figures = allFigures(scores);
  for (const [figure, { least, most }] of Object.entries(limits)) {
    const value = figures[figure];
    const isHeld = typeof value === 'number' && value >= (least ?? value) && value <= (most ?? value);
    if (isHeld) {
      tally.pass();
    } else {
      const limit = least === undefined ? `at most ${most}` : `at least ${least}`;
      tally.fail(
        `conformance, ${name}: ${figure}`,
        `${value}, and it has to be ${limit}. See: npm run conformance`,
      );
    }
  }
  const unlimited = Object.keys(figures).filter((it) => !Object.hasOwn(limits, it));
  if (unlimited.length > 0) {
    tally.fail(`conformance, ${name}`, `No limit is set for ${unlimited.join(', ')}`);
  }
}

/** What is missed, and nothing else, is named with its reason in docs/known-misses.md. */
function missesAreListed(tally, scores) {
  const page = fs.readFileSync(inProject('docs', 'known-misses.md'), 'utf8');
  const named = [...page.matchAll(/`([\w-]+~[\w-]+~\d+)`/g)].map((it) => it[1]).sort();
  const missed = scores.flatMap((it) => it.disagreements.missed?.shown ?? []).map((it) => it.id);
  if (isDeepStrictEqual(missed.sort(), named)) {
    tally.pass();
  } else {
    const odd = [
      ...missed.filter((it) => !named.includes(it)),
      ...named.filter((it) => !missed.includes(it)),
    ];
    tally.fail('conformance: what is missed is not what docs/known-misses.md names', odd.join('\n'));
  }
}

/** Documents and findings are the same with and without calls, and in whatever order the cases come. */
async function answersDependOnFilesAlone(tally, { cases }) {
  const some = cases.filter((_, index) => index % Math.ceil(cases.length / 200) === 0);
  const withCalls = await ask(some);
  const lines = blinded(some, { calls: false }).map((it) => JSON.stringify(it));
  const backwards = new Map((await batch(lines.toReversed(), [])).map((it) => [it.id, it]));
  const different = some.filter(({ id }) => {
    const [a, b] = [withCalls.get(id), backwards.get(blindId(id))];
    return !isDeepStrictEqual([a.documents, a.diagnostics], [b.documents, b.diagnostics]);
  });
  if (different.length === 0) {
    tally.pass();
  } else {
    const names = different.map(({ id }) => id).slice(0, 5);
    tally.fail('conformance: answers depend on calls or on the order of cases', names.join('\n'));
  }
}
