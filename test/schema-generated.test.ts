import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const file = 'server/src/engine/schema/generated/istio.json';

test('the schema is what the typings and the overlay say', () => {
  const options = { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 } as const;
  const wanted = execFileSync(process.execPath, ['scripts/schema.mjs', '--print'], options);

  assert.equal(readFileSync(file, 'utf8'), wanted, `${file} is stale: run npm run schema`);
});

test('the versions of fields can be compared with the CRDs of a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'istio-egress-since-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const crd = join(folder, 'crd.yaml');
  writeFileSync(
    crd,
    'spec: { names: { kind: ServiceEntry }, versions: [{ schema: { openAPIV3Schema: { properties: { spec: { properties: { resolution: { enum: [DYNAMIC_DNS] }, flavour: {} } } } } } }] }\n',
  );
  const { stdout, status } = spawnSync(
    process.execPath,
    ['scripts/since.mjs', `1.27=${crd}`, `1.28=${crd}`],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 1);
  const lines = stdout.split('\n');
  assert.ok(lines.includes('1.28 has ServiceEntry.spec.flavour'));
  assert.ok(lines.includes('1.27 has ServiceEntry.spec.resolution=DYNAMIC_DNS'));
  assert.ok(!lines.includes('1.28 has ServiceEntry.spec.resolution=DYNAMIC_DNS'));
  assert.ok(lines.includes('1.28 has no ServiceEntry.spec.hosts'));
});

test('the schema stays small enough to be part of the server', () => {
  assert.ok(readFileSync(file).length < 100_000);
});
