import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { entryAt } from '../../../server/src/engine/source/entry-at';
import { isHole } from '../../../server/src/engine/source/holes';
import { span } from '../../../server/src/engine/text/span';
import { describe, fixtureFolder, fixtures, scalarsOf } from './fixtures';

// `UPDATE_FIXTURES=1` writes the expectations anew; the difference is then read before it is committed.
suite('the documents of whole files', () => {
  for (const { name, text, file } of fixtures()) {
    test(`${name}: what is found`, () => {
      const expected = path.join(fixtureFolder, `${name}.expected`);
      if (process.env.UPDATE_FIXTURES) {
        writeFileSync(expected, describe(file));
      }
      assert.ok(existsSync(expected), `${name}.expected is missing`);
      assert.equal(describe(file), readFileSync(expected, 'utf8'));
    });

    test(`${name}: every scalar stands in the file where its document says`, () => {
      let compared = 0;
      for (const { place, document } of file.entries) {
        for (const scalar of scalarsOf(document.yaml.root)) {
          for (const line of linesWithin(document.yaml.text, scalar.start, scalar.end)) {
            const inFile = text.slice(place.toFile(line.start), place.toFile(line.end));
            if (!isHole(document, span(line.start, line.end))) {
              const written = name.endsWith('.sh') ? inFile.replace(/\\([$`\\])/g, '$1') : inFile;
              assert.equal(written, document.yaml.text.slice(line.start, line.end));
              compared++;
            }
          }
        }
      }
      assert.ok(compared > 0);
    });

    test(`${name}: offsets go to the file and back`, () => {
      for (const entry of file.entries) {
        const { place, document } = entry;
        let before = -1;
        for (let offset = 0; offset <= document.yaml.text.length; offset++) {
          const inFile = place.toFile(offset);
          assert.ok(inFile > before, `offset ${offset} is in front of the one before`);
          assert.equal(place.toDocument(inFile), offset);
          if (offset < document.yaml.text.length) {
            assert.deepEqual(entryAt(file, inFile), { entry, offset });
          }
          before = inFile;
        }
        assert.equal(place.toDocument(place.toFile(0) - 1 - place.linePrefix.length), undefined);
        assert.equal(place.toDocument(before + 1 + place.linePrefix.length), undefined);
      }
    });
  }
});

function* linesWithin(text: string, start: number, end: number): Iterable<{ start: number; end: number }> {
  let from = start;
  while (from < end) {
    const lineEnd = text.indexOf('\n', from);
    const to = lineEnd < 0 || lineEnd > end ? end : lineEnd;
    yield { start: from, end: to };
    from = to + 1;
  }
}
