import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { resolveScalar } from '../../../server/src/engine/yaml/scalar';

const plain: readonly (readonly [written: string, value: string | number | boolean | null])[] = [
  ...['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'y', 'Y', 'on', 'On', 'ON'].map(
    (it) => [it, true] as const,
  ),
  ...['false', 'False', 'FALSE', 'no', 'No', 'NO', 'n', 'N', 'off', 'Off', 'OFF'].map(
    (it) => [it, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((it) => [it, null] as const),
  ...['tRue', 'yEs', 'nULL', 'none', 'inf', 'nan', 'NaN', '.', '-', '+', '<<', '='].map(
    (it) => [it, it] as const,
  ),
  ...[
    '12:30',
    '190:20:30',
    '2026-01-01',
    '1.2.3',
    '10.0.0.1',
    '5s',
    '1e400',
    '_1',
    '0b',
    '0o',
    '0x',
    '0b12',
    '0o8',
  ].map((it) => [it, it] as const),
  ['0', 0],
  ['-0', 0],
  ['+1', 1],
  ['-1', -1],
  ['007', 7],
  ['0777', 511],
  ['-017', -15],
  ['08', 8],
  ['09.5', 9.5],
  ['0o17', 15],
  ['0O17', 15],
  ['0x1F', 31],
  ['0X1f', 31],
  ['-0x1F', -31],
  ['0x_1F', 31],
  ['0b11', 3],
  ['-0b11', -3],
  ['1_000', 1000],
  ['1__0', 10],
  ['5_', 5],
  ['1.0', 1],
  ['80.5', 80.5],
  ['.5', 0.5],
  ['5.', 5],
  ['+.5', 0.5],
  ['.5_0', '.5_0'],
  ['1e3', 1000],
  ['1E+3', 1000],
  ['12e03', 12000],
  ['1e-1', 0.1],
  ['18446744073709551615', 18446744073709552000],
  ['0xFFFFFFFFFFFFFFFFFF', '0xFFFFFFFFFFFFFFFFFF'],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['.NaN', Number.NaN],
  ['+.nan', '+.nan'],
];

suite('the value of a scalar', () => {
  for (const [written, value] of plain) {
    test(`${JSON.stringify(written)} is ${value === written ? 'text' : value}`, () => {
      assert.deepStrictEqual(resolveScalar(written, 'plain'), value);
    });
  }

  test('in quotes and in block scalars everything is text', () => {
    for (const style of ['single', 'double', 'literal', 'folded'] as const) {
      assert.equal(resolveScalar('yes', style), 'yes');
    }
  });

  test('a tag decides before the form does', () => {
    assert.equal(resolveScalar('5', 'plain', '!!str'), '5');
    assert.equal(resolveScalar('5', 'double', '!!int'), 5);
    assert.equal(resolveScalar('true', 'double', '!!bool'), true);
    assert.equal(resolveScalar('', 'plain', '!!str'), '');
    assert.equal(resolveScalar('5', 'plain', '!local'), '5');
    assert.equal(resolveScalar('5', 'plain', '!<tag:yaml.org,2002:str>'), '5');
    assert.equal(resolveScalar('aMOpIQ==', 'plain', '!!binary'), 'hé!');
    assert.equal(resolveScalar('aMOp\nIQ==\n', 'literal', '!!binary'), 'hé!');
    assert.equal(resolveScalar('/w==', 'plain', '!!binary'), '/w==');
    assert.equal(resolveScalar('a', 'plain', '!!binary'), 'a');
  });
});
