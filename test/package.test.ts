import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { namesInZip } from './support/zip';

const folder = mkdtempSync(join(tmpdir(), 'istio-egress-package-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });

const below = (path: string, ending: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((it) => it.endsWith(ending))
        .map((it) => `${path}/${it.replaceAll('\\', '/')}`)
    : [];

suite('the lock file', () => {
  test('knows the packages of every platform, so that npm ci takes it', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: { [path: string]: { optionalDependencies?: { [name: string]: string } } };
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
      ),
    );
    assert.deepEqual(missing, []);
  });

  test('names no address of a registry', () => {
    assert.doesNotMatch(readFileSync('package-lock.json', 'utf8'), /"resolved"/);
  });
});

suite('the .vsix', () => {
  const vsix = join(folder, 'istio-egress.vsix');
  let names: readonly string[] = [];

  test('is made without one package of node_modules', () => {
    run(process.execPath, ['scripts/package.mjs', '--no-build', '--out', vsix], '.');
    names = namesInZip(vsix).filter((it) => it.startsWith('extension/'));
    assert.ok(names.length > 0);
  });

  test('holds what the product needs and nothing else', () => {
    const expected = [
      'package.json',
      // The names that vsce gives to the three documents.
      'readme.md',
      'changelog.md',
      'LICENSE.txt',
      'dist/client.cjs',
      'dist/server.cjs',
      'dist/cli.cjs',
      'dist/webview.js',
      'dist/webview.css',
      'dist/trace-view.js',
      'dist/trace-view.css',
      'dist/audit-view.js',
      'dist/audit-view.css',
      ...below('snippets', '.json'),
      ...below('syntaxes', '.json'),
      ...below('server/src/engine/rules', '.md'),
      ...(existsSync('docs/icon.png') ? ['docs/icon.png'] : []),
    ];
    assert.deepEqual([...names].sort(), expected.map((it) => `extension/${it}`).sort());
  });

  test('is at most 2 MB', () => {
    assert.ok(statSync(vsix).size <= 2_000_000, `it has ${statSync(vsix).size} bytes`);
  });

  test('holds every file the manifest names', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const { grammars = [], snippets = [] } = manifest.contributes;
    const named = [manifest.main, manifest.icon, ...[...grammars, ...snippets].map((it) => it.path)];
    const missing = named
      .filter((it): it is string => typeof it === 'string')
      .filter((it) => !names.includes(`extension/${it.replace(/^\.\//, '')}`));
    assert.deepEqual(missing, []);
  });

  test('carries no source map', () => {
    for (const file of [
      'client.cjs',
      'server.cjs',
      'cli.cjs',
      'webview.js',
      'trace-view.js',
      'audit-view.js',
    ]) {
      assert.doesNotMatch(readFileSync(`dist/${file}`, 'utf8'), /sourceMappingURL/, file);
    }
  });
});

suite('the command line from a packed tarball', () => {
  const command = join(folder, 'node_modules', '.bin', 'istio-egress');

  test('installs without a network and without another package', () => {
    const packed = run(npm, ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], '.');
    const tarball = packed.trim().split('\n').at(-1)!;
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    run(npm, ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', `./${tarball}`], folder);
    const installed = readdirSync(join(folder, 'node_modules')).filter((it) => !it.startsWith('.'));
    assert.deepEqual(installed, ['istio-egress']);
  });

  test('says how it is used', () => {
    assert.match(run(command, ['--help'], folder), /Usage: istio-egress COMMAND/);
  });

  test('finds what is wrong in a file', () => {
    const { status, stdout } = spawnSync(command, ['check', 'examples/broken'], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stdout, /gateway-not-bound\.yaml/);
  });
});
