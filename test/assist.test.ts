import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { suite, test } from 'node:test';
import type { AssistAnswer } from './support/assist-answers';
import { answers } from './support/assist-answers';
import { type AssistCase, assistFixtures, writeCase } from './support/assist-cases';
import { readMarkers, writeMarkers } from './support/markers';

const root = 'test/fixtures/assist';

for (const { path, head, cases } of assistFixtures(root)) {
  const answer = answers[basename(dirname(path))]!;
  suite(path, () => {
    for (const it of cases) {
      test(it.title, () => check(answer, it));
    }
  });
  if (process.env.UPDATE) {
    writeFileSync(path, head + cases.map((it) => actual(answer, it)).join(''));
  }
}

/** A fixture says what is answered; a failure shows the fixture that would pass. */
function check(answer: AssistAnswer, it: AssistCase): void {
  assert.equal(actual(answer, it), it.source);
}

function actual(answer: AssistAnswer, it: AssistCase): string {
  const marked = new Map([...it.files].map(([path, text]) => [path, readMarkers(text)]));
  const { found, accepted } = answer(it, marked);
  const files = new Map(
    [...it.own.keys()].map((path) => {
      const { text, cursor } = marked.get(path)!;
      return [path, withCursor(writeMarkers(text, found.get(path) ?? []), text, cursor)];
    }),
  );
  return writeCase(it, files, accepted);
}

/** Puts `$0` back: markers stand below the line of the cursor, so its place in the text is found by line. */
function withCursor(written: string, text: string, cursor: number | undefined): string {
  const lines = cursor === undefined ? [] : text.slice(0, cursor).split('\n');
  let left = lines.length - 1;
  const out = written.split(/(?<=\n)/).map((line) => {
    const isMarker = /^\s*#(?: *\^+|<-+) [\w-]/.test(line);
    if (isMarker) {
      return `${line.trimEnd()}\n`;
    }
    if (left < 0) {
      return line;
    }
    return left-- === 0
      ? `${line.slice(0, lines.at(-1)!.length)}$0${line.slice(lines.at(-1)!.length)}`
      : line;
  });
  return out.join('');
}
