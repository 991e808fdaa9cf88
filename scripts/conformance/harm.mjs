import { callKeys } from './compare.mjs';

const failures = new Set([
  ...['no-route', 'no-virtual-host', 'no-cluster', 'no-endpoints', 'no-listener', 'no-filter-chain'],
  ...['ambiguous-filter-chain', 'tls-mismatch', 'protocol-error', 'loop', 'other-cluster'],
]);
const leaves = new Set(['external', 'passthrough']);

const refused = ({ docs = [] }) => docs.filter((it) => !it.accepted).length;

/**
 * What a mistake did, by Istio's own answers: `broken` (a request that arrived fails), `bypass` (one that passed a gateway
 * leaves without), `changed` (another way, which may be meant), `none`, or `refused` (a document is not taken).
 */
export function harmOf({ id, base }, verdicts) {
  const [own, before] = [verdicts.get(id), verdicts.get(base)];
  if (!before || own.traceError || before.traceError) {
    return 'unknown';
  }
  if (refused(own) > refused(before)) {
    return 'refused';
  }
  const were = new Map((before.calls ?? []).map((it) => [it.id, it]));
  const changed = [...callKeys(own)].filter(
    ([call, key]) => were.has(call) && callKeys(before).get(call) !== key,
  );
  const calls = new Map((own.calls ?? []).map((it) => [it.id, it]));
  const harms = new Set(changed.map(([call]) => harmOfCall(were.get(call).paths, calls.get(call).paths)));
  return ['broken', 'bypass', 'changed'].find((it) => harms.has(it)) ?? 'none';
}

function harmOfCall(before, after) {
  const fails = (paths) => paths.some((it) => failures.has(it.outcome));
  if (fails(after) && !fails(before)) {
    return 'broken';
  }
  const passed = before.some((it) => (it.via ?? []).length > 0);
  const escapes = after.some((it) => leaves.has(it.outcome) && (it.via ?? []).length === 0);
  return passed && escapes ? 'bypass' : 'changed';
}
