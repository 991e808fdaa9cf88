import { batch } from './ask.mjs';
import { callKeys, Examples, Rate } from './compare.mjs';
import { newFindings } from './defects.mjs';
import { harmOf } from './harm.mjs';

/** So many findings of a case have their fix tried. */
const mostTried = 5;

/**
 * What fixes do, seen by Istio's answers for the case without the mistake: of harmful mistakes the share that some
 * finding's preferred (else first) fix takes back, and how many fixes leave a document refused or make a call worse.
 */
export async function scoreRepair({ cases, verdicts }, results) {
  const mutants = cases.filter((it) => it.mutation);
  const tries = mutants.flatMap((it) => triesFor(it, results));
  const answers = new Map(
    (
      await batch(
        tries.map((it) => JSON.stringify(it.fixed)),
        [],
      )
    ).map((it) => [it.id, it]),
  );
  const [repaired, worse, refused] = [new Rate(), new Examples(), new Examples()];
  for (const it of mutants) {
    const outcomes = tries
      .filter(({ id }) => id === it.id)
      .map(({ fixed, title }) => ({ title, ...outcomeOf(it, verdicts, answers.get(fixed.id)) }));
    outcomes.filter((one) => one.isRefused).forEach(({ title }) => void refused.add({ id: it.id, title }));
    outcomes.filter((one) => one.isWorse).forEach(({ title }) => void worse.add({ id: it.id, title }));
    if (['broken', 'bypass'].includes(harmOf(it, verdicts))) {
      repaired.add(outcomes.some((one) => one.isRepaired));
    }
  }
  const figures = {
    'repair.rate': repaired.value,
    'repair.fixesThatBreakDocuments': refused.count,
    'repair.fixesThatMakeACallWorse': worse.count,
  };
  return { figures, disagreements: { 'fixes that break': refused, 'fixes that harm': worse } };
}

function triesFor(it, results) {
  const told = newFindings(results.get(it.id), results.get(it.base), ['error', 'warning']);
  return told.slice(0, mostTried).flatMap(({ fixes }, index) => {
    const fix = fixes.find((one) => one.preferred) ?? fixes[0];
    if (!fix) {
      return [];
    }
    const { mesh, stock, calls } = it;
    const fixed = { id: `${it.id} ${index}`, files: applied(it.files, fix.edits), mesh, stock, calls };
    return [{ id: it.id, title: fix.title, fixed }];
  });
}

function applied(files, edits) {
  const changed = Object.entries(edits).map(([name, some]) => [name, appliedTo(files[name] ?? '', some)]);
  return { ...files, ...Object.fromEntries(changed) };
}

function appliedTo(text, edits) {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((it) => it.index + 1)];
  const offset = ({ line, character }) => (starts[line] ?? text.length) + character;
  return edits
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }))
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((rest, { start, end, newText }) => rest.slice(0, start) + newText + rest.slice(end), text);
}

function outcomeOf({ id, base }, verdicts, answer) {
  const [wanted, were, now] = [callKeys(verdicts.get(base)), callKeys(verdicts.get(id)), callKeys(answer)];
  const isRefused = answer.documents.some((it) => !it.accepted);
  const harmed = [...wanted].filter(([call, key]) => were.get(call) === key && now.get(call) !== key);
  return {
    isRefused,
    isWorse: !isRefused && harmed.length > 0,
    isRepaired: !isRefused && [...wanted].every(([call, key]) => now.get(call) === key),
  };
}
