import { scoreAdmission } from './admission.mjs';
import { scoreAnalysis } from './analysis.mjs';
import { ask } from './ask.mjs';
import { scoreDefects } from './defects.mjs';
import { scoreRepair } from './repair.mjs';
import { scoreTrace } from './trace.mjs';

/** Scores of a corpus of documents alone. */
export async function documentScores(corpus) {
  return [scoreAdmission(corpus, await ask(corpus.cases))];
}

/** Scores of a corpus whose cases have requests: everything, in both worlds and two profiles. */
export async function trafficScores(corpus) {
  const [closed, open, istioctl] = await Promise.all([
    ask(corpus.cases),
    ask(corpus.cases, { args: ['--open-world'], calls: false }),
    ask(corpus.cases, { args: ['--profile', 'istioctl'], calls: false }),
  ]);
  const { figures, disagreements } = scoreDefects(corpus, open);
  const inOpenWorld = {
    'open world: defects.catchRate': figures['defects.catchRate'],
    'open world: defects.falseAlarmRate': figures['defects.falseAlarmRate'],
  };
  return [
    scoreAdmission(corpus, closed),
    scoreTrace(corpus, closed),
    scoreDefects(corpus, closed),
    { figures: inOpenWorld, disagreements: { 'open world: false alarms': disagreements['false alarms'] } },
    await scoreRepair(corpus, closed),
    scoreAnalysis(corpus, istioctl),
  ];
}

/** Prints figures, then the first cases that were answered otherwise than Istio does. */
export function printScores(scores, { examples = 20 } = {}) {
  for (const [name, value] of Object.entries(allFigures(scores))) {
    console.log(`  ${name.padEnd(40)} ${shown(value)}`);
  }
  for (const [kind, { shown: first, count }] of scores.flatMap((it) => Object.entries(it.disagreements))) {
    if (count > 0 && examples > 0) {
      console.log(`\n  ${kind}: ${count}`);
      first.slice(0, examples).forEach((it) => void console.log(`    ${JSON.stringify(it)}`));
    }
  }
}

export const allFigures = (scores) => Object.assign({}, ...scores.map((it) => it.figures));

const shown = (value) =>
  value === null || value === undefined ? '-' : Number.isInteger(value) ? String(value) : value.toFixed(5);
