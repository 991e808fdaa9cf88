import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type LspClient, startingServers } from './support/lsp-client';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DSN
`;

suite('language server, given what nobody should give it', () => {
  const start = startingServers();

  /** The server is up, and says of a good file what it always says. */
  const stillAnswers = async (client: LspClient): Promise<void> => {
    client.write('proof.yaml', entry);
    await client.watched('proof.yaml', 1);
    assert.deepEqual(client.codes('proof.yaml'), ['schema/enum']);
  };

  test('each wrong setting is told once, by its name, and the default counts', async () => {
    const wrong = {
      istioEgress: {
        closedWorld: 'yes',
        profile: 'pedantic',
        targetVersion: '1.99',
        diagnostics: { scope: 'everything' },
        files: { maxSize: -1 },
        rules: { 'gateway/port-not-exposed': 'fatal', 'virtual-service/mesh-not-bound': 'off' },
        scopes: [{ name: 'prod' }, { name: 'dev', include: [''] }, { name: 'test', include: ['test/**'] }, 7],
        mesh: {
          stockGateway: 'maybe',
          defaultServiceExportTo: '*',
          gateways: [{ service: 'no-namespace' }, { service: 'egress/gateway' }],
        },
      },
    };
    const client = await start({ 'entry.yaml': entry }, wrong);
    const names = client.messages.map((it) => /"(istioEgress\.[\w.]+)"/.exec(it)?.[1]).sort();
    assert.deepEqual(names, [
      'istioEgress.closedWorld',
      'istioEgress.diagnostics.scope',
      'istioEgress.files.maxSize',
      'istioEgress.mesh.defaultServiceExportTo',
      'istioEgress.mesh.gateways',
      'istioEgress.mesh.stockGateway',
      'istioEgress.profile',
      'istioEgress.rules',
      'istioEgress.scopes',
      'istioEgress.scopes',
      'istioEgress.scopes',
      'istioEgress.targetVersion',
    ]);
    const told = client.messages.length;
    await client.changeSettings(wrong);
    assert.equal(client.messages.length, told, 'the same settings were told twice');
    assert.deepEqual(client.codes('entry.yaml'), ['schema/enum']);
  });

  for (const [what, value] of [
    ['a text', 'closedWorld'],
    ['a list', []],
    ['nothing', null],
  ] as const) {
    test(`settings that are ${what} count as none`, async () => {
      await stillAnswers(await start({}, { istioEgress: value, files: value }));
    });
  }

  test('what a setting says becomes no link in the message about it', async () => {
    const profile = '[Trust me](command:workbench.action.terminal.new)';
    const client = await start({ 'entry.yaml': entry }, { istioEgress: { profile } });
    assert.equal(client.messages.length, 1);
    assert.match(client.messages[0]!, /\[Trust me\] \(command:/);
  });

  test('a glob that is empty or half typed excludes nothing', async () => {
    const client = await start({ 'entry.yaml': entry }, { files: { exclude: { '': true, '[': true } } });
    assert.deepEqual(client.codes('entry.yaml'), ['schema/enum']);
  });

  test('a workspace folder that is not there is named, and the server stays up', async () => {
    const client = await start({}, {}, { folder: 'gone' });
    assert.equal(client.messages.length, 1);
    assert.match(
      client.messages[0]!,
      /Nothing in the workspace folder ".*gone" is checked: there is no such/,
    );
    client.write('gone/entry.yaml', entry);
    await client.watched('gone/entry.yaml', 1);
    assert.deepEqual(client.codes('gone/entry.yaml'), ['schema/enum']);
  });

  test('a file that is gone before it can be read leaves nothing behind', async () => {
    const client = await start({ 'entry.yaml': entry });
    await client.watched('vanished.yaml', 1);
    assert.deepEqual(client.codes('vanished.yaml'), []);
    client.remove('entry.yaml');
    await client.watched('entry.yaml', 2);
    assert.deepEqual(client.codes('entry.yaml'), []);
    await stillAnswers(client);
  });

  test('a file of 50 MB is not checked, in the log and in its status, and the others are', async () => {
    const client = await start({ 'large.yaml': '# padding\n'.repeat(5_000_000), 'entry.yaml': entry });
    assert.deepEqual(
      client.messages.filter((it) => it.includes('large.yaml')),
      ['Not checked, larger than "istioEgress.files.maxSize": large.yaml'],
    );
    const info = await client.info('large.yaml');
    assert.match(info.skipped!, /maxSize/);
    assert.deepEqual(client.codes('entry.yaml'), ['schema/enum']);
  });

  test('a binary file that is called YAML has no finding', async () => {
    const client = await start({ 'binary.yaml': `\0\u0001\u0002${entry}` });
    assert.deepEqual(client.codes('binary.yaml'), []);
    await stillAnswers(client);
  });

  for (const [what, text, code] of [
    ['tabs', 'apiVersion: networking.istio.io/v1\nkind: Gateway\nspec:\n\tservers: []\n', /^yaml\//],
    ['a key twice', `${entry}spec: {}\n`, /^yaml\/duplicate-key$/],
    ['an open bracket', 'apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: [\n', /^yaml\/syntax$/],
    ['an alias bomb', bomb(), /^yaml\//],
    ['deep nesting', `${entry}x: ${'['.repeat(5000)}${']'.repeat(5000)}\n`, /^(?:yaml|schema)\//],
  ] as const) {
    test(`${what}: a finding, and every request is answered`, async () => {
      const client = await start({ 'proof.yaml': entry });
      const found = await client.open('bad.yaml', text);
      assert.ok(found.length > 0);
      assert.ok(
        found.some((it) => code.test(String(it.code))),
        found.map((it) => it.code).join(),
      );
      const at = { textDocument: { uri: client.uri('bad.yaml') }, position: { line: 2, character: 3 } };
      for (const method of ['completion', 'hover', 'definition', 'documentHighlight', 'documentSymbol']) {
        await client.connection.sendRequest(`textDocument/${method}`, at);
      }
      assert.deepEqual(client.codes('proof.yaml'), ['schema/enum']);
    });
  }
});

/** Nine levels of nine aliases each: 9⁹ nodes when written out. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const below = level === 0 ? '"lol"' : `*a${level - 1}`;
    return `  a${level}: &a${level} [${Array(9).fill(below).join(', ')}]`;
  });
  return `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: bomb}\nspec:\n${levels.join('\n')}\n`;
}
