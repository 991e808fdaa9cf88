import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const file = 'server/src/engine/schema/generated/istio.json';

test('the schema is what the typings and the overlay say', () => {
  const options = { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 } as const;
  const wanted = execFileSync(process.execPath, ['scripts/schema.mjs', '--print'], options);

  assert.equal(readFileSync(file, 'utf8'), wanted, `${file} is stale: run npm run schema`);
});

test('the schema stays small enough to be part of the server', () => {
  assert.ok(readFileSync(file).length < 100_000);
});
