import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toFileEdits } from '../../../server/src/engine/source/source-map';
import { applyEdits, type TextEdit } from '../../../server/src/engine/text/edit';
import { span } from '../../../server/src/engine/text/span';
import { fixtures, options, readFixture } from './fixtures';

/** Edits that tools make: whole lines put in, taken out or replaced, and lines put in behind a line. */
function lineEdits(text: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let start = 0;
  for (const line of text.match(/.*(?:\r?\n|$)/g) ?? []) {
    const end = start + line.length;
    const content = line.trimEnd();
    if (!/apiVersion|kind|^---|^\.\.\.|\\/.test(content) && content !== '') {
      edits.push({ span: span(start, start), insert: 'added: 1\n# second\n' });
      edits.push({ span: span(start, end), insert: '' });
      edits.push({ span: span(start, end), insert: 'other:\n  more: 1\n' });
      edits.push({
        span: span(start + content.length, start + content.length),
        insert: ' # why\n# more\n\n# last',
      });
    }
    start = end;
  }
  edits.push({ span: span(text.length, text.length), insert: 'added:\n\n- 1\n' });
  return edits;
}

suite('edits of a document are edits of its file', () => {
  for (const { name, text, file } of fixtures().filter((it) => !it.name.includes('.helm'))) {
    test(`${name}: the file edited and read again holds the document edited`, () => {
      const eol = file.eol;
      for (const [index, entry] of file.entries.entries()) {
        // Text behind the end of a document, or in front of its start, is another document after the edit.
        const own = entry.document.yaml.text;
        if (!own.endsWith('\n') || /\n(?:---|\.\.\.)/.test(own) || entry.document.holes.length > 0) {
          continue;
        }
        for (const edit of lineEdits(own)) {
          const edited = applyEdits(text, toFileEdits(entry, [edit], eol));
          const expected = applyEdits(own, [{ ...edit, insert: edit.insert.replaceAll('\n', eol) }]);
          const after = readFixture(name, edited, options).entries[index]?.document.yaml.text;
          assert.equal(after, expected, `${JSON.stringify(edit)} of document ${index}`);
        }
      }
    });
  }
});
