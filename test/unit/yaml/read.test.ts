import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { YamlProblem } from '../../../server/src/engine/yaml/node';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { plainValue, stringAt } from '../../../server/src/engine/yaml/walk';

interface Slip {
  readonly name: string;
  /** The part the problem points at stands between ⟦ and ⟧. */
  readonly text: string;
  readonly code: YamlProblem['code'];
  /** What the message has to say. */
  readonly says: RegExp;
}

const slips: readonly Slip[] = [
  {
    name: 'a wildcard host without quotes',
    text: 'hosts:\n- ⟦*.example.com⟧\n',
    code: 'unknown-alias',
    says: /quotes "\*\.example\.com" is read as an alias.*put it in quotes/,
  },
  { name: 'an alias without anchor', text: 'a: ⟦*b⟧\n', code: 'unknown-alias', says: /No anchor "&b"/ },
  { name: 'an alias of itself', text: 'a: &x\n  b: ⟦*x⟧\n', code: 'alias-bomb', says: /never end/ },
  { name: 'a key twice', text: 'host: a\n⟦host⟧: b\n', code: 'duplicate-key', says: /"host" is already set/ },
  {
    name: 'a key twice in braces',
    text: '{a: 1, ⟦"a"⟧: 2}\n',
    code: 'duplicate-key',
    says: /"a" is already set/,
  },
  {
    name: 'a number and its text',
    text: '5: a\n⟦"5"⟧: b\n',
    code: 'duplicate-key',
    says: /"5" is already set/,
  },
  { name: 'a tab before a key', text: 'spec:\n⟦\t⟧hosts: [a]\n', code: 'tab-indent', says: /spaces only/ },
  { name: 'a tab behind a dash', text: 'hosts:\n-⟦\t⟧a\n', code: 'tab-indent', says: /Behind "-"/ },
  { name: 'a line of a tab', text: 'a: [b]\n⟦\t⟧\nc: d\n', code: 'tab-indent', says: /spaces only/ },
  {
    name: 'a comment behind a tab',
    text: 'a: [b]\n⟦\t⟧# c\nd: e\n',
    code: 'tab-indent',
    says: /spaces only/,
  },
  {
    name: 'a tab in the first line of a block scalar',
    text: 'a: |\n  ⟦\t⟧b\n',
    code: 'tab-indent',
    says: /spaces only/,
  },
  { name: 'infinity', text: 'a: ⟦.inf⟧\n', code: 'not-in-go-yaml', says: /not a number in JSON/ },
  {
    name: 'a tag that is not kept',
    text: 'a: !!null ⟦x⟧\n',
    code: 'not-in-go-yaml',
    says: /"!!null" promises/,
  },
  { name: 'an escaped slash', text: 'a: "b⟦\\/⟧c"\n', code: 'not-in-go-yaml', says: /write "\/" alone/ },
  { name: 'half a character', text: 'a: "⟦\\ud83d⟧"\n', code: 'not-in-go-yaml', says: /half of a character/ },
  {
    name: 'a question mark in braces',
    text: '{regex: ⟦https?⟧}\n',
    code: 'not-in-go-yaml',
    says: /"\?" cannot stand/,
  },
  {
    name: 'a colon that touches its value',
    text: '{hosts⟦:⟧[a]}\n',
    code: 'not-in-go-yaml',
    says: /space must follow/,
  },
  { name: 'a template', text: 'a: {⟦{ .Values.a }⟧}\n', code: 'not-in-go-yaml', says: /template.*quotes/ },
  { name: 'a null key', text: '⟦~⟧: a\n', code: 'not-in-go-yaml', says: /"~" is null/ },
  { name: 'a map as key', text: '? ⟦{a: b}⟧\n: c\n', code: 'not-in-go-yaml', says: /not a map or a list/ },
  { name: 'a long key', text: `⟦${'k'.repeat(1100)}⟧: v\n`, code: 'not-in-go-yaml', says: /1024/ },
  { name: 'DEL', text: 'a: b⟦\u007f⟧c\n', code: 'not-in-go-yaml', says: /U\+007F/ },
  {
    name: 'a directive',
    text: '⟦%YAML 1.2⟧\n---\na: b\n',
    code: 'not-in-go-yaml',
    says: /"%YAML 1.2"; remove/,
  },
  { name: 'text behind ---', text: '--- ⟦{a: b}⟧\n', code: 'not-in-go-yaml', says: /next line/ },
  { name: 'a merge of a text', text: '⟦<<⟧: x\na: b\n', code: 'not-in-go-yaml', says: /only a map/ },
  { name: 'an anchor with a dot', text: 'a: &x.y ⟦b⟧\n', code: 'not-in-go-yaml', says: /"&x.y"/ },
  { name: 'a key behind braces', text: 'a:\n- {b: c, d}⟦e⟧: f}\n', code: 'syntax', says: /line of its own/ },
  { name: 'a colon on the next line', text: 'a: b\n⟦c⟧\n  : d\n', code: 'syntax', says: /on one line/ },
  { name: 'an open quote', text: 'a: ⟦"b⟧\n', code: 'syntax', says: /no closing '"'/ },
  { name: 'a second colon', text: 'a: ⟦b:⟧ c\n', code: 'syntax', says: /second ": "/ },
  { name: 'a value that starts with @', text: 'a: ⟦@b⟧\n', code: 'syntax', says: /cannot start with "@"/ },
];

suite('problems', () => {
  for (const { name, text, code, says } of slips) {
    test(`${name} is ${code}`, () => {
      const start = text.indexOf('⟦');
      const end = text.indexOf('⟧') - 1;
      const { problems } = readYaml(text.replace(/[⟦⟧]/g, ''));
      assert.deepStrictEqual(
        problems.map((it) => ({ code: it.code, ...it.span })),
        [{ code, start, end }],
        JSON.stringify(problems),
      );
      assert.match(problems[0]!.message, says);
      assert.doesNotMatch(problems[0]!.message, /\.$/);
    });
  }

  const sound: readonly (readonly [string, string, unknown])[] = [
    [
      'a key that overrides a merged one',
      'a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n',
      { a: { b: 1 }, c: { b: 2 } },
    ],
    [
      'a quoted text that goes on at a smaller indent',
      'a:\n  b: "x\ny"\nc: d\n',
      { a: { b: 'x y' }, c: 'd' },
    ],
    ['brackets with lines at the margin', 'a:\n  b: [\nx,\nz\n]\nc: d\n', { a: { b: ['x', 'z'] }, c: 'd' }],
    [
      'brackets with lines that start with tabs',
      'a: {\n\tb: [c],\n\td: [e]\n}\n',
      { a: { b: ['c'], d: ['e'] } },
    ],
    ['a dash alone in brackets', 'a: {b: -}\n', { a: { b: '-' } }],
    ['an escaped apostrophe', 'a: "it\\\'s"\n', { a: "it's" }],
    ['a comment that touches the marker', '---# c\na: b\n', { a: 'b' }],
    ['lines that end with a return', 'a:\r  b: c\rd: e\r', { a: { b: 'c' }, d: 'e' }],
    ['a colon behind an explicit key', 'a: b\n? c\n: d\n', { a: 'b', c: 'd' }],
    ['a tab behind a colon', 'a:\tb\n', { a: 'b' }],
    ['text behind the end of the document', 'a: b\n...\n[', { a: 'b' }],
    [
      'JSON with what YAML does not allow',
      '{"a": "\\/\\ud83d\\ude00", "b?": ["c?"]}',
      { a: '/😀', 'b?': ['c?'] },
    ],
    ['merge keys in quotes', '"<<": a\n', { '<<': 'a' }],
    ['line breaks of Unicode', 'a: b\u2028c: d\u0085', { a: 'b', c: 'd' }],
  ];
  for (const [name, text, value] of sound) {
    test(`${name} is none`, () => {
      const { root, problems } = readYaml(text);
      assert.deepStrictEqual(problems, []);
      assert.deepStrictEqual(plainValue(root), value);
    });
  }

  const behindEnd = [
    ['a: b\n...\n⟦c: [⟧\n', { a: 'b' }],
    ['a: b\n... # c\n\n  ⟦- d⟧', { a: 'b' }],
    ['a: b\r\n... ⟦x⟧\r\n', { a: 'b' }],
  ] as const;
  for (const [marked, value] of behindEnd) {
    test(`text behind the dots of ${JSON.stringify(marked)} is told`, () => {
      const { root, unread, problems } = readYaml(marked.replace(/[⟦⟧]/g, ''));
      const [start, end] = [marked.indexOf('⟦'), marked.indexOf('⟧') - 1];
      assert.deepStrictEqual([unread?.code, unread?.span], ['unread-text', { start, end }]);
      assert.deepStrictEqual([plainValue(root), problems], [value, []]);
    });
  }

  test('where dots end a document before it begins, that is a problem', () => {
    const { root, problems } = readYaml('...\na: b\n');
    assert.deepStrictEqual([root, problems.map((it) => it.code)], [undefined, ['unread-text']]);
    assert.deepStrictEqual(readYaml('# a\n...\n# b\n').problems, []);
  });

  test('a relaxed text keeps the offsets of what was written', () => {
    const text = 'a:\n  b: [\nfirst,\n\t"sec\\\'ond" ]\nc: d\ne: {f: -}\n';
    const { root } = readYaml(text);
    assert.equal(stringAt(root, 'a', 'b', 1), "sec'ond");
    const { pairs } = root as { pairs: { value: { start: number; end: number } }[] } & typeof root;
    assert.deepStrictEqual(
      pairs.map(({ value }) => text.slice(value.start, value.end)),
      ['b: [\nfirst,\n\t"sec\\\'ond" ]', 'd', '{f: -}'],
    );
  });

  test('of one mistake one problem is told', () => {
    assert.equal(
      readYaml('spec:\n\thosts: [a]\n\thttp:\n\t- route: [{destination: {host: a}}]\n').problems.length <= 3,
      true,
    );
    assert.equal(readYaml('a: "b\nc: d\ne: f\n').problems.length <= 2, true);
  });

  test('an alias bomb is found before anyone follows it', () => {
    const levels = Array.from(
      { length: 20 },
      (_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`)}]`,
    );
    const { problems } = readYaml(['l0: &l0 x', ...levels].join('\n'));
    assert.deepStrictEqual(
      problems.map(({ code }) => code),
      ['alias-bomb'],
    );
  });

  test('broken text still gives what can be read', () => {
    const { root, problems } = readYaml(
      'kind: Gateway\nmetadata:\n  name: a\nspec:\n  selector: {istio: egress\n',
    );
    assert.equal(stringAt(root, 'kind'), 'Gateway');
    assert.equal(stringAt(root, 'metadata', 'name'), 'a');
    assert.equal(problems.length > 0, true);
  });
});
