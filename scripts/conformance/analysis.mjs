import { Examples, Rate } from './compare.mjs';

/** A code counts in the mean when Istio gives it so often. */
const leastOften = 5;

const keyOf = (code, resource) =>
  JSON.stringify([code, resource?.kind ?? '', resource?.namespace ?? '', resource?.name ?? '']);

const codesOf = ({ istio }) => [istio].flat().filter((it) => /^IST\d+$/.test(it ?? ''));

/** Messages of istioctl: those that are given too, of all it gives (recall), and of all that are given (precision). */
export function scoreAnalysis({ cases, verdicts }, results) {
  const [precision, recall, perCode] = [new Rate(), new Rate(), new Map()];
  const [missing, tooMuch] = [new Examples(), new Examples()];
  for (const { id } of cases) {
    const { docs = [], findings = [], analyzeError } = verdicts.get(id);
    if (analyzeError || docs.some((it) => !it.accepted)) {
      continue;
    }
    const wanted = new Set(findings.map((it) => keyOf(it.code, it)));
    const diagnostics = results.get(id)?.diagnostics ?? [];
    const said = new Set(diagnostics.flatMap((it) => codesOf(it).map((code) => keyOf(code, it.resource))));
    for (const key of wanted) {
      const [code] = JSON.parse(key);
      const rate = perCode.get(code) ?? new Rate();
      perCode.set(code, rate);
      rate.add(said.has(key));
      if (!recall.add(said.has(key))) {
        missing.add({ id, istio: key, product: 'nothing' });
      }
    }
    for (const key of said) {
      if (!precision.add(wanted.has(key))) {
        tooMuch.add({ id, istio: 'nothing', product: key });
      }
    }
  }
  const often = [...perCode.values()].filter((it) => it.all >= leastOften);
  const figures = {
    'analysis.precision': precision.value,
    'analysis.recall': recall.value,
    'analysis.meanRecall': often.reduce((sum, it) => sum + it.value, 0) / Math.max(1, often.length),
  };
  return { figures, disagreements: { 'analysis, missing': missing, 'analysis, too much': tooMuch } };
}
