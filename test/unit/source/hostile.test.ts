import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readSource } from '../../../server/src/engine/source/read-source';
import { assertConsistent, fixtures, options, readFixture, seeded } from './fixtures';

const many = 100_000;
const heredoc = (body: string): string => `kubectl apply -f - <<EOF\nkind: x\n${body}\nEOF\n`;

// Each of these once took more than a minute, or would with one careless pattern; all take less than a second.
const budget = 10_000;

suite('texts made to be slow', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['blank lines', 'a.yaml', '\n'.repeat(many)],
    ['markers', 'a.yaml', '---\n'.repeat(many)],
    ['open actions', 'a.yaml', 'a: {{ \n'.repeat(many / 10)],
    ['open actions in a line', 'a.yaml', '{{'.repeat(many)],
    ['closed actions in a line', 'a.yaml', '{{a}}'.repeat(many / 4)],
    ['open comments of a template', 'a.yaml', '{{/* '.repeat(many)],
    ['open strings of a template', 'a.yaml', '{{ "'.repeat(many)],
    ['open variables', 'a.yaml', `a: ${'$'.concat('{').repeat(many)}`],
    ['open commands', 'a.sh', heredoc(`a: ${'$('.repeat(many)}`)],
    ['open backticks', 'a.sh', heredoc(`a: ${'` '.repeat(many)}`)],
    ['control lines in a block scalar', 'a.yaml', `a: |\n${'{{ x }}\n'.repeat(many / 10)}`],
    ['a command of continuation lines', 'a.sh', 'a \\\n'.repeat(many)],
    ['heredocs without end', 'a.sh', 'cat <<EOF\n'.repeat(many)],
    [
      'heredocs in a line',
      'a.sh',
      Array.from({ length: many / 10 }, (_, index) => `cat <<E${index}`).join(' '),
    ],
    ['quotes', 'a.sh', `cat <<EOF ${'"'.repeat(many + 1)}`],
    ['brackets', 'a.sh', `cat <<EOF ${'('.repeat(many)}`],
    ['white space', 'a.sh', `kubectl -n${' '.repeat(many)}<<EOF`],
    ['quotation marks', 'a.md', `${'> '.repeat(many)}x`],
    ['list marks', 'a.md', '- '.repeat(many)],
    ['fences', 'a.md', '```yaml\n'.repeat(many / 10)],
    ['shortcodes', 'a.md', `{{< text ${' '.repeat(many)}`],
    ['ellipses', 'a.md', `\`\`\`yaml\n${'...\n\n'.repeat(many / 4)}`],
    ['angle brackets', 'a.md', `\`\`\`yaml\n${'<a '.repeat(many / 10)}`],
    ['ytt', 'a.yaml', `a: 1${' #@ a'.repeat(many)}`],
  ];
  for (const [name, file, text] of cases) {
    test(name, () => {
      const start = performance.now();
      const before = readSource(`file:///${file}`, undefined, text, options);
      readSource(`file:///${file}`, undefined, `${text}x`, options, before);
      assert.ok(performance.now() - start < budget);
    });
  }
});

suite('files broken at random', () => {
  const pieces = [
    '\n',
    '\r',
    '\t',
    '"',
    "'",
    '{{',
    '}}',
    '$(',
    '${',
    '`',
    '<<EOF',
    '```',
    '> ',
    '|',
    '---',
    '...',
    '\0',
    '\uFEFF',
    '\u2028',
    '[',
    '&a ',
    '*a',
  ];
  for (const { name, text } of fixtures()) {
    test(`${name}: places and holes stay within the file`, () => {
      const random = seeded(name.length);
      for (let round = 0; round < 60; round++) {
        let broken = text;
        for (let edit = 0; edit <= random(8); edit++) {
          const at = random(broken.length + 1);
          broken =
            broken.slice(0, at) + pieces[random(pieces.length)] + broken.slice(at + random(3) * random(20));
        }
        assertConsistent(readFixture(name, broken));
      }
    });
  }
});
