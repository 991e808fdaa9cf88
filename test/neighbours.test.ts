import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readYaml } from '../server/src/engine/yaml/read';
import { plainValue } from '../server/src/engine/yaml/walk';
import { changedValue, respelled, rewritten } from './support/neighbours';
import { runCli } from './support/run-cli';
import { pickFrom, seeded } from './unit/yaml/corpus';

// Neighbours of the cases that Istio has answered: the same object by another way, and another object by all ways.
// Where two answers to one object differ, one of them is wrong.

interface Answered {
  readonly documents: readonly { readonly file: string; readonly rejectedBy?: string }[];
  readonly diagnostics: readonly {
    readonly file: string;
    readonly severity: string;
    readonly code: string;
  }[];
}

const seed = Number(process.env.NEIGHBOURS_SEED ?? 1);
const count = Number(process.env.NEIGHBOURS ?? 15);

function corpus(name: string): string[] {
  const file = `test/conformance/${name}/cases.jsonl.gz`;
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.flatMap((line) =>
    Object.values((JSON.parse(line) as { files: Record<string, string> }).files),
  );
}

/** What is said of the only document of each file. */
function answers(files: readonly (readonly [name: string, text: string])[]): string[] {
  const input = files.map(([name, text], id) => JSON.stringify({ id: String(id), files: { [name]: text } }));
  const { out, status, err } = runCli(['batch'], { input: input.join('\n') });
  assert.equal(status, 0, err);
  return out
    .trimEnd()
    .split('\n')
    .map((line) => told(JSON.parse(line) as Answered));
}

function told({ documents, diagnostics }: Answered): string {
  const answer = documents.map(({ rejectedBy }) => rejectedBy ?? 'accepted');
  return [...answer, ...diagnostics.map(({ severity, code }) => `${severity} ${code}`).sort()].join('\n');
}

function compare(
  groups: readonly { readonly text: string; readonly ways: readonly (readonly [string, string, string])[] }[],
): void {
  const files = groups.flatMap(({ text, ways }) => [
    ['a.yaml', text] as const,
    ...ways.map(([, name, way]) => [name, way] as const),
  ]);
  const all = answers(files);
  let at = 0;
  const differences: string[] = [];
  for (const { text, ways } of groups) {
    const own = all[at++]!;
    for (const [what, , way] of ways) {
      const other = all[at++]!;
      if (other !== own) {
        differences.push(
          `${what}: ${other.split('\n').join(', ')}\n${way}\ninstead of ${own.split('\n').join(', ')}\n${text}`,
        );
      }
    }
  }
  assert.deepEqual(differences.slice(0, 3), [], `${differences.length} differ`);
}

suite('neighbours of what Istio has answered', () => {
  const dice = seeded(seed);
  const pick = pickFrom(dice);
  const texts = [...corpus('admission'), ...corpus('traffic').flatMap((it) => it.split(/^---$/m))];
  const sample: string[] = [];
  while (sample.length < count) {
    const text = pick(texts);
    if (text.length < 3000 && isObject(text)) {
      sample.push(text);
    }
  }

  test('another spelling of the text changes nothing', () => {
    compare(sample.map((text) => ({ text, ways: respelled(text) })));
  });

  test('the same object by other ways is told the same', () => {
    compare(sample.map((text) => ({ text, ways: rewritten(valueIn(text)) })));
  });

  test('so is one that is different in a place', () => {
    compare(
      sample.map((text) => {
        const [[, , first], ...ways] = rewritten(changedValue(valueIn(text), dice));
        return { text: first, ways };
      }),
    );
  });

  test('so it is by a folder as by a single case', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'neighbours-'));
    try {
      const names = sample.map((text, index) => {
        writeFileSync(path.join(folder, `${index}.yaml`), text);
        return `${index}.yaml`;
      });
      const options = ['--closed-world', '--no-stock-gateway', '--format', 'json', '--fail-on', 'never'];
      const { out } = runCli(['check', ...names, ...options], { cwd: folder });
      const all = JSON.parse(out) as Answered;
      const byFile = names.map((name) =>
        told({
          documents: all.documents.filter((it) => it.file === name),
          diagnostics: all.diagnostics.filter((it) => it.file === name),
        }),
      );
      assert.deepEqual(byFile, answers(sample.map((text) => ['a.yaml', text])));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function valueIn(text: string): Record<string, unknown> {
  return plainValue(readYaml(text).root) as Record<string, unknown>;
}

function isObject(text: string): boolean {
  const { root, problems, unread } = readYaml(text);
  return root?.type === 'map' && problems.length === 0 && !unread;
}
