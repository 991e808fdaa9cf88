import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readPattern } from '../../../server/src/engine/traffic/pattern';

suite('expressions of routes', () => {
  for (const pattern of [
    '/v[12](?:/.*)?',
    '^/(a|b|c)/[^/]+/(x+|y)$',
    '(?i)/shop.*?',
    '[(+)*]+(\\(a\\+\\))*',
    '/(?:en|de|fr)(?:-[A-Z]{2})?/.*',
  ]) {
    test(`${pattern} is run`, () => {
      assert.ok(readPattern(pattern, ''));
    });
  }

  for (const [what, pattern] of [
    ['what is repeated is repeated', '(a+)+'],
    ['what is repeated is repeated further out', '(([a-z])+.)+[A-Z]'],
    ['a choice is repeated', '/(?:a|aa)*b'],
    ['what may be left out is repeated', '(a?a?)+b'],
    ['choices stand in a row', `/${'(a+|a)'.repeat(40)}[b]`],
    ['much may be left out', `/${'a?'.repeat(40)}b`],
    ['it is none', '('],
  ] as const) {
    test(`none is run where ${what}`, () => {
      assert.equal(readPattern(pattern, ''), undefined);
    });
  }
});
