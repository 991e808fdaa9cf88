import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { suite, test } from 'node:test';
import type { Diagnostic } from '../server/src/engine/diagnostic';
import { Engine } from '../server/src/engine/engine';

const wild = 'test/fixtures/wild';
const examples = 'examples';

suite('manifests as they are met are not accused', () => {
  for (const folder of [...foldersIn(wild), '.']) {
    test(folder, () => assert.deepEqual(accusations(join(wild, folder)), []));
  }

  test('there are at least 40 files of them', () => {
    assert.ok(filesUnder(wild).length >= 40);
  });
});

suite('examples', () => {
  const bypass = 'info service-entry/port-bypasses-gateway';
  for (const [folder, file] of [
    ['notes', 'egress-notes.md'],
    ['notes-yaml', 'service-entry.yaml'],
    ['notes-script', 'egress.sh'],
  ] as const) {
    test(`${folder} get the one information that 443 passes the gateway by`, () => {
      assert.deepEqual(findings(join(examples, folder)), [`${file} ${bypass}`]);
    });
  }
  for (const folder of ['tls-passthrough', 'tls-origination']) {
    test(`${folder} is clean`, () => assert.deepEqual(findings(join(examples, folder)), []));
  }

  test('every file of the broken workspace is accused, and only by its own mistake', () => {
    assert.deepEqual(new Set(accusations(join(examples, 'broken'))), new Set(mistakes));
  });

  test('opened as one folder the examples stay apart', () => {
    assert.deepEqual(new Set(accusations(examples)), new Set(mistakes.map((it) => join('broken', it))));
  });

  test('the page of the broken workspace names every file of it', () => {
    const page = readFileSync(join(examples, 'broken', 'README.md'), 'utf8');
    const named = [...page.matchAll(/`([\w-]+\.yaml)`/g)].map((it) => it[1]!);
    const there = readdirSync(join(examples, 'broken')).filter((it) => it.endsWith('.yaml'));
    assert.deepEqual([...new Set(named)].sort(), there.sort());
  });
});

const mistakes = [
  'destination-typo.yaml warning virtual-service/destination-not-registered',
  'field-typo.yaml error schema/unknown-field',
  'gateway-host-taken.yaml warning gateway/host-taken',
  'gateway-not-bound.yaml error virtual-service/gateway-not-bound',
  'hop-sni-missing.yaml error destination-rule/hop-tls-mismatch',
  'hop-tls-mismatch.yaml error destination-rule/hop-tls-mismatch',
  'host-not-served.yaml error virtual-service/host-not-served',
  'match-outside-gateways.yaml error virtual-service/match-gateway-not-bound',
  'mesh-missing.yaml error virtual-service/mesh-not-bound',
  'open-match-first.yaml error virtual-service/match-reaches-gateway',
  'passthrough-http.yaml error virtual-service/wrong-route-block',
  'past-the-gateway.yaml warning service-entry/port-bypasses-gateway',
  'port-not-exposed.yaml error gateway/server-port-not-exposed',
  'port-not-exposed.yaml error virtual-service/destination-port-not-exposed',
  'resolution-none.yaml error service-entry/resolution-none-at-gateway',
  'subset-undefined.yaml error virtual-service/subset-not-defined',
  'value-typo.yaml error schema/enum',
];

function accusations(root: string): string[] {
  return findings(root, (it) => it.severity === 'error' || it.severity === 'warning');
}

/** What a folder opened by itself shows, each as `file severity code`. */
function findings(root: string, wanted: (diagnostic: Diagnostic) => boolean = () => true): string[] {
  const engine = new Engine();
  const paths = filesUnder(root).map((file) => relative(root, file));
  engine.change(paths.map((path) => ({ uri: path, path, text: readFileSync(join(root, path), 'utf8') })));
  return paths
    .flatMap((path) =>
      engine
        .diagnostics(path)
        .filter(wanted)
        .map((it) => `${path} ${it.severity} ${it.code}`),
    )
    .sort();
}

function filesUnder(root: string): string[] {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((it) => it.isFile() && /\.(?:ya?ml|json|md|sh|bash)$/.test(it.name))
    .map((it) => join(it.parentPath, it.name));
}

function foldersIn(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => it.name);
}
