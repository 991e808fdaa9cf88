import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { expandSnippet } from '../support/expand-snippet';

suite('expanding a snippet', () => {
  const cases: readonly [template: string, text: string][] = [
    ['host: ${1:a.com}, again $1 and ${1}', 'host: a.com, again a.com and a.com'],
    ['$1 before ${1:its default}', 'its default before its default'],
    ['${2|DNS,NONE|} then $2', 'DNS then DNS'],
    ['${1|".","*"|}', '"."'],
    ['${1|a\\,b,c|}', 'a,b'],
    ['${1:egress-for-${2:shop}}/$2', 'egress-for-shop/shop'],
    ['\\$HOME \\} \\\\ }$0', '$HOME } \\ }'],
  ];
  for (const [template, text] of cases) {
    test(template, () => assert.equal(expandSnippet({ body: [template] }).text, text));
  }

  test('lists its tab stops', () => {
    assert.deepEqual(expandSnippet({ body: ['$2', '${1:a}', '$0'] }).tabStops, [0, 1, 2]);
  });

  for (const template of ['$TM_FILENAME', '${1/a/b/}', '${1:open', '$', '\\n']) {
    test(`refuses ${template}`, () => assert.throws(() => expandSnippet({ body: [template] })));
  }
});
