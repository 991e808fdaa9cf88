import { Examples, Rate } from './compare.mjs';
import { harmOf } from './harm.mjs';

const severe = (result, severities) =>
  (result?.diagnostics ?? []).filter((it) => severities.includes(it.severity));

const findingKey = ({ code, istio, resource }) => JSON.stringify([code, istio ?? '', resource ?? '']);
/** A harmless mistake may rename things, so only the rule counts there. */
const codeKey = ({ code }) => code;

/** Findings that were not there without the mistake, counted one by one. */
export function newFindings(result, base, severities, keyOf = findingKey) {
  const left = new Map();
  for (const it of severe(base, severities)) {
    left.set(keyOf(it), (left.get(keyOf(it)) ?? 0) + 1);
  }
  return severe(result, severities).filter((it) => {
    const count = left.get(keyOf(it)) ?? 0;
    left.set(keyOf(it), count - 1);
    return count <= 0;
  });
}

const loud = ['error', 'warning'];

/** Mistakes that harm and are told, and mistakes that harm nothing and are not. */
export function scoreDefects({ cases, verdicts }, results) {
  const tally = {
    ...{
      caught: new Rate(),
      bypass: new Rate(),
      placed: new Rate(),
      alarmed: new Rate(),
      warned: new Rate(),
    },
    ...{
      bases: new Rate(),
      missed: new Examples(),
      alarms: new Examples(),
      noisy: new Examples(),
      findings: 0,
    },
  };
  for (const it of cases) {
    if (!it.mutation) {
      countBase(tally, it, results.get(it.id));
      continue;
    }
    const [own, base] = [results.get(it.id), results.get(it.base)];
    const harm = it.kind === 'world' ? 'unknown' : harmOf(it, verdicts);
    if (harm === 'broken' || harm === 'bypass') {
      countHarmful(tally, it, harm, newFindings(own, base, loud));
    } else if (harm === 'none' && verdicts.get(it.id).docs.every((document) => document.accepted)) {
      countHarmless(tally, it, own, base);
    }
  }
  return {
    figures: {
      'defects.catchRate': tally.caught.value,
      'defects.bypass': tally.bypass.value,
      'defects.findingsPerCatch': tally.findings / Math.max(1, tally.caught.right),
      'defects.onTheChangedResource': tally.placed.value,
      'defects.falseAlarmRate': tally.alarmed.value,
      'defects.warnedHarmlessRate': tally.warned.value,
      'defects.correctBasesWithFindings': tally.bases.right,
    },
    disagreements: { missed: tally.missed, 'false alarms': tally.alarms, 'correct, and told': tally.noisy },
  };
}

function countBase({ bases, noisy }, { id }, result) {
  const told = severe(result, loud).map(codeKey);
  if (bases.add(told.length > 0 || result === undefined)) {
    noisy.add({ id, istio: 'as meant', product: told });
  }
}

function countHarmful(tally, { id, mutation }, harm, told) {
  if (harm === 'bypass') {
    tally.bypass.add(told.length > 0);
  }
  if (!tally.caught.add(told.length > 0)) {
    tally.missed.add({ id, istio: harm, product: 'nothing' });
    return;
  }
  tally.findings += told.length;
  const changed = /^(\w+) ([^/\s]+)\/(\S+)/.exec(mutation.at ?? '');
  if (changed) {
    const [, kind, namespace, name] = changed;
    const places = told.flatMap((it) => [it, ...(it.related ?? [])]).flatMap((it) => it.resource ?? []);
    tally.placed.add(places.some((it) => it.kind === kind && it.namespace === namespace && it.name === name));
  }
}

function countHarmless({ alarmed, warned, alarms }, { id }, own, base) {
  const errors = newFindings(own, base, ['error'], codeKey);
  if (alarmed.add(errors.length > 0 || own === undefined)) {
    alarms.add({ id, istio: 'no request changes', product: errors.map(codeKey) });
  }
  warned.add(newFindings(own, base, loud, codeKey).length > 0);
}
