import { callKey, callKeys, Examples, pathsOf, Rate } from './compare.mjs';

/** Calls whose requests end where Istio's own code ends them; `ofChanged` counts those a mistake has changed. */
export function scoreTrace({ cases, verdicts }, results) {
  const [equal, ofChanged, disagreements] = [new Rate(), new Rate(), new Examples()];
  for (const { id, base, mutation } of cases) {
    const verdict = verdicts.get(id);
    const own = new Map((results.get(id)?.calls ?? []).map((it) => [it.id, it]));
    const before = mutation ? callKeys(verdicts.get(base)) : new Map();
    for (const call of verdict.traceError ? [] : (verdict.calls ?? [])) {
      const said = own.get(call.id);
      const isEqual = said !== undefined && callKey(said) === callKey(call);
      equal.add(isEqual);
      if (before.has(call.id) && before.get(call.id) !== callKey(call)) {
        ofChanged.add(isEqual);
      }
      if (!isEqual) {
        disagreements.add({ id, call: call.id, istio: pathsOf(call), product: pathsOf(said) });
      }
    }
  }
  const figures = { 'trace.equal': equal.value, 'trace.equalOfChanged': ofChanged.value };
  return { figures, disagreements: { trace: disagreements } };
}
