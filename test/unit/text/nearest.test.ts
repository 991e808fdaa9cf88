import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { nearest } from '../../../server/src/engine/text/nearest';

const resolutions = ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN'];

suite('the nearest name', () => {
  for (const [typed, meant, slip] of [
    ['DSN', 'DNS', 'two letters in the wrong order'],
    ['dnss', 'DNS', 'a letter too many, in small letters'],
    ['STATC', 'STATIC', 'a letter too few'],
    ['STATIG', 'STATIC', 'another letter'],
    ['SATTCI', 'STATIC', 'two swaps in a longer name'],
  ] as const) {
    test(slip, () => assert.equal(nearest(typed, resolutions), meant));
  }

  test('is none when nothing is near', () => {
    assert.equal(nearest('PASSTHROUGH', resolutions), undefined);
    assert.equal(nearest('DX', resolutions), undefined);
  });
});
