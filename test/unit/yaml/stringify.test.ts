import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { YamlStyle, YamlValue } from '../../../server/src/engine/yaml/edit';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { stringify } from '../../../server/src/engine/yaml/stringify';
import { styleOf } from '../../../server/src/engine/yaml/style';
import { plainValue } from '../../../server/src/engine/yaml/walk';

const style: YamlStyle = { indent: 2, indentSequences: false, eol: '\n' };

suite('stringify', () => {
  const value: YamlValue = {
    kind: 'VirtualService',
    spec: {
      hosts: ['*.example.com', 'a.example.com'],
      gateways: [],
      labels: {},
      left: undefined,
      http: [{ match: [{ port: 80, gateways: ['mesh'] }], timeout: '1s' }],
      script: 'one\ntwo\n',
    },
  };

  test('writes as Kubernetes does', () => {
    assert.equal(
      stringify(value, style),
      `kind: VirtualService
spec:
  hosts:
  - "*.example.com"
  - a.example.com
  gateways: []
  labels: {}
  http:
  - match:
    - port: 80
      gateways:
      - mesh
    timeout: 1s
  script: |
    one
    two`,
    );
  });

  test('follows the style of a file', () => {
    const wide: YamlStyle = { indent: 4, indentSequences: true, eol: '\r\n' };
    assert.equal(
      stringify({ a: { b: ['c'] }, d: [{ e: 1, f: 2 }] }, wide),
      'a:\r\n    b:\r\n        - c\r\nd:\r\n    - e: 1\r\n      f: 2',
    );
  });

  test('starts further lines at the column asked for', () => {
    assert.equal(stringify({ a: 1, b: ['c'] }, style, { indent: 4 }), 'a: 1\n    b:\n    - c');
  });

  test('writes on one line in brackets', () => {
    assert.equal(
      stringify({ a: ['x', 'y,z'], 'b?': { c: 'l1\nl2' } }, style, { flow: true }),
      '{a: [x, "y,z"], "b?": {c: "l1\\nl2"}}',
    );
  });

  const bare = [
    'a',
    'mesh',
    'a.b',
    '10.0.0.1',
    '1.2.3',
    'a-b',
    '-a',
    'a:b',
    'http://a:80/b#c',
    '5s',
    'x y',
    '$a',
    '.',
    'é',
  ];
  const quoted = [
    '',
    '*',
    'y',
    'No',
    '~',
    'null',
    '80',
    '0x1',
    '1e3',
    '.5',
    '12:30',
    '2026-01-01',
    '-',
    '- a',
    '#a',
    'a #b',
  ];
  const alsoQuoted = [
    'a: b',
    'a:',
    ' a',
    'a ',
    '?a',
    '@a',
    '%a',
    '`a',
    '!a',
    '&a',
    '{a',
    '[a',
    '"a',
    "'a",
    ',a',
    '---',
    '=',
    '<<',
  ];
  test('quotes only what would not read as the same text', () => {
    assert.deepStrictEqual(
      bare.filter((it) => stringify(it, style) !== it),
      [],
    );
    assert.deepStrictEqual(
      [...quoted, ...alsoQuoted].filter((it) => stringify(it, style) === it),
      [],
    );
  });

  test('reads back as what it was', () => {
    const texts = [
      ...bare,
      ...quoted,
      ...alsoQuoted,
      'a\\b',
      '"',
      "it's",
      '\t',
      '\u0085',
      '\u2028',
      '\uFEFFa',
      '😀',
      'a\r\nb',
      '\x07',
    ];
    const all = {
      map: Object.fromEntries(texts.map((it) => [it, it])),
      list: texts,
      n: [0, -1, 1.5, 1e21, true, null],
    };
    for (const eol of ['\n', '\r\n'] as const) {
      for (const flow of [false, true]) {
        const { root, problems } = readYaml(stringify(all, { ...style, eol }, { flow }));
        assert.deepStrictEqual(problems, []);
        assert.deepStrictEqual(plainValue(root), all);
      }
    }
  });
});

suite('the style of a text', () => {
  const styles: readonly (readonly [string, string, Partial<YamlStyle>])[] = [
    ['nothing', '', style],
    ['two columns', 'a:\n  b:\n    c: d\n', { indent: 2 }],
    ['four columns', 'a:\n    b:\n        c: d\n', { indent: 4 }],
    ['the majority', 'a:\n  b: c\nd:\n    e: f\ng:\n    h: i\n', { indent: 4 }],
    ['lists below their keys', 'a:\n- b\nc:\n  d:\n  - e\n', { indentSequences: false }],
    ['indented lists', 'a:\n  - b\nc:\n- d: # e\n    - f\n', { indentSequences: true }],
    ['CRLF', 'a: b\r\nc: d\r\n', { eol: '\r\n' }],
    ['mostly LF', 'a: b\r\nc: d\ne: f\n', { eol: '\n' }],
  ];
  for (const [name, text, expected] of styles) {
    test(name, () => {
      assert.deepStrictEqual({ ...styleOf(text), ...expected }, styleOf(text));
    });
  }
});
