import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { validationRules } from '../../../server/src/engine/validation/codes';
import { validate } from '../../../server/src/engine/validation/validate';
import { readYaml } from '../../../server/src/engine/yaml/read';
import { plainValue } from '../../../server/src/engine/yaml/walk';
import { pageExamples } from '../../support/pages';

const context = { namespace: 'default', partial: false, isWritten: () => true };
const odd: readonly unknown[] = [
  null,
  undefined,
  '',
  '\u0000',
  '(',
  -1,
  Number.POSITIVE_INFINITY,
  true,
  [],
  [null],
  {},
  { '': {} },
];

/** Objects of every kind, from the pages of istiod's checks. */
const objects = [...pageExamples('server/src/engine/rules')].flatMap(({ rule, source }) => {
  if (!Object.hasOwn(validationRules, rule)) {
    return [];
  }
  const value = plainValue(readYaml(source).root);
  return typeof value === 'object' && value !== null && 'kind' in value ? [value] : [];
});

test('no value in any place breaks a check', () => {
  for (const object of objects) {
    for (const changed of replacements(object)) {
      try {
        validate(String(object.kind), changed, [], context);
      } catch (error) {
        assert.fail(`${(error as Error).message}: ${JSON.stringify(changed)}`);
      }
    }
  }
});

test('every code is given by some check', () => {
  const folder = 'server/src/engine/validation';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (it) => it.endsWith('.ts') && it !== 'codes.ts',
  );
  const text = files.map((it) => readFileSync(join(folder, it), 'utf8')).join('\n');
  assert.deepEqual(
    Object.keys(validationRules).filter((it) => !text.includes(`'${it}'`)),
    [],
  );
});

/** The same object with one value after the other exchanged, in turn for each of the odd ones. */
function* replacements(value: unknown): Iterable<unknown> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    const put = (it: unknown): unknown =>
      Array.isArray(value) ? value.with(Number(key), it) : { ...value, [key]: it };
    for (const it of odd) {
      yield put(it);
    }
    for (const it of replacements(inner)) {
      yield put(it);
    }
  }
}
