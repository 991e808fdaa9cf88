// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells are what is tested here.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { InsertionSyntax } from '../../../server/src/engine/source/insertions';
import { maskTemplate } from '../../../server/src/engine/source/template';

const all: InsertionSyntax = { actions: true, variables: 'envsubst', placeholders: false };

suite('what is filled in later is hidden, as far as it must be', () => {
  // Text, what is read of it (`=` when it stays as it is), and whether that makes it a template.
  const cases: readonly (readonly [string, string, string, boolean])[] = [
    ['a value', 'a: {{ .x }}', 'a: ____x___', true],
    ['the end of a value', 'a: b-{{ .x }}', 'a: b-____x___', true],
    ['a value with a comment', 'a: {{ .x }} # {{ y }}', 'a: ____x___ # {{ y }}', true],
    ['a key', '{{ .k }}: b', '____k___: b', true],
    ['an item', '- {{ .x }}', '- ____x___', true],
    ['items between brackets', 'a: [{{ .x }}, {{ "," }}]', 'a: [____x___, _________]', true],
    ['a value between braces', 'a: {b: {{ .x }}}', 'a: {b: ____x___}', true],
    ['a line of control', '{{- if .x }}\na: 1\n{{- end }}', '#{- if .x }}\na: 1\n#{- end }}', true],
    ['an indented line of text', 'a:\n  {{ toYaml .x }}\n', 'a:\n  #{ toYaml .x }}\n', true],
    ['two actions in a line', ' {{ a }} {{ b }}\n', ' #{ a }} #{ b }}\n', true],
    ['control and text in a line', '{{ if .x }}a: 1{{ end }}', '#{ if .x }}a: 1___end___', true],
    ['an action over two lines', 'a: {{ f\n  x }}\nb: 1', 'a: ___f\n  # }}\nb: 1', true],
    ['a comment over two lines', "{{/* don't\n }} */}}\na: 1", "#{/* don't\n #} */}}\na: 1", true],
    ['one that is not closed', 'a: {{ .x\nb: 1', 'a: ____x\nb: 1', true],
    ['braces within its strings', 'a: {{ "}}" }}', 'a: __________', true],
    ['single quotes', "a: '{{ .x }}'", '=', false],
    ['double quotes', 'a: "{{ .x }}"', '=', false],
    ['quotes within double quotes', 'a: "{{ f "x" }}"', 'a: "___f__x____"', false],
    ['a block scalar', 'a: |\n  {{ if .x }}\n  b: {{ .y }}\nc: 1', '=', false],
    ['a block scalar in a list', '- |\n {{ x }}\n- >-\n {{ y }}', '=', false],
    ['a block scalar with a tag', 'a: !!str |\n  {{ x }}', '=', false],
    ['behind a block scalar', 'a: |\n  b\n{{ if }}\nc: 1', 'a: |\n  b\n#{ if }}\nc: 1', true],
    ['an open action within quotes', 'a: "{{ .x"\nb: 1', '=', false],
    ['escaped quotes of an action', 'a: "{{ f \\"x\\" }}.b"', 'a: "___f___x_____.b"', false],
    [
      'a key behind a block scalar',
      'a: |\n  {{ x }}\n{{ k }}: |-\n    b',
      'a: |\n  {{ x }}\n___k___: |-\n    b',
      true,
    ],
    [
      'a key of an action behind one',
      'a:\n  b: |\n    {{ x }}\n  {{ k }}: c',
      'a:\n  b: |\n    {{ x }}\n  ___k___: c',
      true,
    ],
    [
      'control at the margin of a block scalar',
      'a: |\n{{ if }}\n  b\n',
      `a: |\n${'\n'.repeat(9)}  b\n`,
      true,
    ],
    ['a comment', '# {{ x }}\na: 1', '=', false],
    ['an apostrophe within a word', "a: it's {{ x }}", "a: it's ___x___", true],
    ['a statement', '{% for x in y %}\na: 1\n{% endfor %}', '#% for x in y %}\na: 1\n#% endfor %}', true],
    ['a statement in a value', 'a: {% if x %}1{% endif %}', 'a: ___if_x___1___endif___', true],
    ['a statement over two lines', '{% set x =\n  y %}\na: 1', '#% set x =\n  # %}\na: 1', true],
    ['a remark', "{# don't: #}\na: 1", "## don't: #}\na: 1", true],
    ['a statement within quotes', "a: '{% x %}'", '=', false],
    ['a statement that is not closed', 'a: b {% c\nd: 1', '=', false],
    ['flow maps', 'a: {b: {c: 1}}', '=', false],
    ['a variable', 'a: ${X}', '=', false],
    ['a variable with a default', 'a: ${X:-10.0.0.1/8}', '=', false],
    ['a variable that would not be read', 'a: ${X:-b: c}', 'a: __X__b__c_', false],
    ['a variable between brackets', 'a: [${X}]', 'a: [__X_]', false],
    ['a variable as a key', '${X}: 1', '=', false],
    ['a variable instead of lines', 'a: 1\n${X}\n', 'a: 1\n#{X}\n', true],
    ['money and patterns', 'a: costs $5\nb: ^a|b$\nc: $lower', '=', false],
    ['ytt', 'a: #@ data.values.a\nb: 1 #! note\nc: d#@ e', '=', true],
  ];
  for (const [name, text, expected, isTemplate] of cases) {
    test(name, () => {
      const masked = maskTemplate(text, all);
      const visible = expected === '=' ? text : expected;
      assert.deepEqual({ text: masked.text, isTemplate: masked.isTemplate }, { text: visible, isTemplate });
      assert.equal(masked.text.length, text.length);
    });
  }

  test('holes are what was written', () => {
    const text = 'a: {{ .x }}\nb: "{{ y }} and ${Z}"\nc: |\n  {{ q }}\n# {{ no }}\nd: #@ e\n';
    const written = maskTemplate(text, all).holes.map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(written, ['{{ .x }}', '{{ y }}', '${Z}', '{{ q }}', ' #@ e']);
  });

  test('a shell fills in more than envsubst', () => {
    const text = 'a: $lower\nb: $(f "$(g)" 1)\nc: `d`\ne: $1\nf: \\$g\n';
    const masked = maskTemplate(text, {
      actions: false,
      variables: 'shell',
      placeholders: false,
    });
    assert.deepEqual(
      masked.holes.map(({ start, end }) => text.slice(start, end)),
      ['$lower', '$(f "$(g)" 1)', '`d`', '$1', '$g'],
    );
    const dollar = text.indexOf('$g\n');
    const escaped = maskTemplate(text, {
      actions: false,
      variables: 'shell',
      placeholders: false,
      escaped: new Set([dollar]),
    });
    assert.equal(escaped.holes.length, 4);
  });

  test('nothing is filled in where nothing may be', () => {
    const text = 'a: {{ x }}\nb: ${Y}\nc: <z>\nd: #@ e\n';
    const masked = maskTemplate(text, { actions: false, variables: 'none', placeholders: false });
    assert.deepEqual(masked, { text, holes: [], isTemplate: false });
  });
});
