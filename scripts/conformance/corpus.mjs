import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** The objects of a file of JSON lines, which may be compressed. */
function readLines(file) {
  const bytes = readFileSync(file);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
}

/**
 * Cases with what Istio's own code answered.
 *
 * A case with a `mutation` is a copy of the case named by `base` with one mistake in it.
 */
export function readCorpus(cases, verdicts) {
  const answers = new Map(readLines(verdicts).map((it) => [it.id, it]));
  return { cases: readLines(cases).filter(({ id }) => answers.has(id)), verdicts: answers };
}

/** A name that says nothing, so that nothing can be read from it. */
export const blindId = (id) => `c${createHash('sha256').update(id).digest('hex').slice(0, 16)}`;

/** Cases as a workspace looks: without names, hints and intentions, in an order that says nothing. */
export function blinded(cases, { calls = true } = {}) {
  return cases
    .map((it) => ({
      id: blindId(it.id),
      files: it.files,
      mesh: it.mesh,
      stock: it.stock,
      ...(calls && { calls: (it.calls ?? []).map(({ want, ...call }) => call) }),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
