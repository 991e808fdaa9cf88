import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';

interface Setting {
  readonly markdownDescription?: string;
  readonly scope?: string;
  readonly default?: unknown;
}

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const settings = Object.entries(manifest.contributes.configuration.properties as Record<string, Setting>);
const commands: readonly Command[] = manifest.contributes.commands;

suite('package.json', () => {
  test('describes every setting and says how far it reaches', () => {
    for (const [name, { markdownDescription, scope }] of settings) {
      assert.match(name, /^istioEgress\./);
      assert.match(markdownDescription ?? '', /\.$/, `${name} has no description that ends as a sentence`);
      assert.ok(scope === 'resource' || scope === 'window', `${name} has no scope`);
    }
  });

  test('gives every setting a default', () => {
    assert.deepEqual(
      settings.filter(([, it]) => it.default === undefined).map(([name]) => name),
      [],
    );
  });

  test('has every setting in the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.deepEqual(
      settings.map(([name]) => name).filter((name) => !readme.includes(`\`${name}\``)),
      [],
    );
  });

  test('links from the README only to what is there', () => {
    const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)];
    assert.ok(links.length > 5);
    assert.deepEqual(
      links.map(([, target]) => target!).filter((target) => !existsSync(target)),
      [],
    );
  });

  test('puts every command in one category', () => {
    for (const { command, title, category } of commands) {
      assert.match(command, /^istioEgress\./);
      assert.equal(category, 'Istio Egress', command);
      assert.match(title, /^[A-Z]/);
    }
  });

  test('offers in menus only commands it declares', () => {
    const declared = commands.map((it) => it.command);
    const menus: Record<string, { command: string; alt?: string }[]> = manifest.contributes.menus;
    const used = Object.values(menus)
      .flat()
      .flatMap(({ command, alt }) => (alt === undefined ? [command] : [command, alt]));
    assert.deepEqual(
      used.filter((it) => !declared.includes(it)),
      [],
    );
  });

  test('needs no other extension and works where nothing is trusted', () => {
    assert.equal(manifest.extensionDependencies, undefined);
    assert.equal(manifest.extensionPack, undefined);
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces, { supported: true });
  });

  test('wakes neither for every JSON file nor by searching the workspace', () => {
    const events: string[] = manifest.activationEvents;
    assert.ok(events.length > 0);
    assert.ok(
      events.every((it) => /^onLanguage:(?:yaml|helm|markdown|shellscript)$|^onWebviewPanel:/.test(it)),
      events.join(),
    );
  });

  test('names only files that are there', () => {
    const { grammars, snippets } = manifest.contributes;
    const paths = [manifest.icon, ...[...grammars, ...snippets].map((it) => it.path)];
    assert.deepEqual(
      paths.filter((it) => !existsSync(it)),
      [],
    );
  });

  test('pins every dependency, and bundles them all', () => {
    assert.equal(manifest.dependencies, undefined);
    for (const [name, version] of Object.entries(manifest.devDependencies)) {
      assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
    }
  });
});
