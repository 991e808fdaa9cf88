import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import { pathOfUri, uriOfPath } from '../server/src/lsp/disk';
import type { WriteScopesParams } from '../server/src/protocol';
import { type LspClient, startingServers } from './support/lsp-client';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
`;
const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  http:
  - route: [{destination: {host: edition.cnn.com, subset: eu}}]
`;
const rule = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: cnn, namespace: shop}
spec:
  host: edition.cnn.com
  subsets: [{name: eu}]
`;
const wrong = entry.replace('DNS', 'DSN');

suite('the workspace of a language server', () => {
  const start = startingServers();

  const definition = (client: LspClient): Promise<{ uri: string }[] | null> =>
    client.connection.sendRequest('textDocument/definition', {
      textDocument: { uri: client.uri('route.yaml') },
      position: { line: 6, character: 60 },
    });

  test('a file that was open before the folder was read belongs to it', async () => {
    const client = await start(
      { 'entry.yaml': entry, 'rule.yaml': rule },
      {},
      { open: { 'route.yaml': route } },
    );
    assert.deepEqual(
      (await definition(client))?.map((it) => it.uri),
      [client.uri('rule.yaml')],
    );
    assert.deepEqual(client.codes('route.yaml'), []);
  });

  test('how far the reading of a large workspace is can be seen', async () => {
    // Every file is larger than what is read at once.
    const comment = '# a line that says nothing\n'.repeat(12_000);
    const files = ['a', 'b', 'c', 'd'].map((name) => [`${name}.yaml`, comment + entry.replace('cnn', name)]);
    const client = await start(Object.fromEntries(files), {}, { progress: true });
    await client.settled();
    assert.deepEqual(client.progress, [
      { kind: 'begin', title: 'Istio Egress', percentage: 0, message: 'reading the workspace' },
      ...[1, 2, 3, 4].map((count) => ({
        kind: 'report',
        percentage: count * 25,
        message: `${count} of 4 files`,
      })),
      { kind: 'end' },
    ]);
  });

  test('in a file of very many documents their own findings come first, the others a little later', async () => {
    const many = Array.from({ length: 500 }, (_, index) => entry.replaceAll('cnn', `host-${index}`));
    const lost = route.replaceAll('cnn', 'nobody');
    const client = await start({});
    const first = await client.open('many.yaml', [...many, wrong, lost].join('---\n'));
    assert.deepEqual(
      first.map((it) => it.code),
      ['schema/enum'],
    );
    const later = await client.sent('many.yaml', 1);
    assert.deepEqual(later.map((it) => it.code).sort(), [
      'schema/enum',
      'virtual-service/destination-not-registered',
    ]);
  });

  test('what is typed is answered in full while a large file is still being checked', async () => {
    const many = Array.from({ length: 500 }, (_, index) => entry.replaceAll('cnn', `host-${index}`));
    const client = await start({});
    void client.open('many.yaml', many.join('---\n'));
    const lost = route.replaceAll('cnn', 'nobody');
    const found = await client.open('route.yaml', lost);
    assert.ok(found.some((it) => it.code === 'virtual-service/destination-not-registered'));
  });

  test('nothing is accused before everything is read', async () => {
    const client = await start(
      { 'entry.yaml': entry, 'rule.yaml': rule },
      {},
      { open: { 'route.yaml': route } },
    );
    assert.deepEqual([...client.everShown('route.yaml')], []);
  });

  test('what is hidden from now on loses its findings, and gets them back', async () => {
    const client = await start({ 'dev/entry.yaml': wrong });
    assert.deepEqual(client.codes('dev/entry.yaml'), ['schema/enum']);
    const hidden = client.nextReady();
    await client.changeSettings({ files: { exclude: { 'dev/**': true } } });
    await hidden;
    await client.settled();
    assert.deepEqual(client.codes('dev/entry.yaml'), []);
    const back = client.nextReady();
    await client.changeSettings({});
    await back;
    await client.settled();
    assert.deepEqual(client.codes('dev/entry.yaml'), ['schema/enum']);
  });

  test('a folder that joins is read, and one that leaves takes its findings along', async () => {
    const client = await start({ 'entry.yaml': entry, '../other/entry.yaml': wrong });
    assert.deepEqual(client.codes('../other/entry.yaml'), []);
    await client.changeFolders({ added: ['../other'] });
    assert.deepEqual(client.codes('../other/entry.yaml'), ['schema/enum']);
    await client.changeFolders({ removed: ['../other'] });
    assert.deepEqual(client.codes('../other/entry.yaml'), []);
  });

  test('nothing is told of a folder that is half read, whatever is still to be done elsewhere', async () => {
    const many = Array.from({ length: 205 }, (_, index) => entry.replaceAll('cnn', `cnn-${index}`));
    const comment = '# a line that says nothing\n'.repeat(12_000);
    const client = await start({
      'many.yaml': many.join('---\n'),
      '../other/a-route.yaml': route,
      ...Object.fromEntries(
        ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm'].map((it) => [
          `../other/${it}.yaml`,
          comment,
        ]),
      ),
      '../other/z-entry.yaml': entry,
      '../other/z-rule.yaml': rule,
    });
    await client.changeFolders({ added: ['../other'] });
    assert.deepEqual([...client.everShown('../other/a-route.yaml')], []);
  });

  test('a file of no folder that is open joins the folder that comes', async () => {
    const client = await start({ '../other/rule.yaml': rule });
    await client.open('../other/route.yaml', route);
    await client.changeFolders({ added: ['../other'] });
    const found = await client.connection.sendRequest<{ uri: string }[]>('textDocument/definition', {
      textDocument: { uri: client.uri('../other/route.yaml') },
      position: { line: 6, character: 60 },
    });
    assert.deepEqual(
      found.map((it) => it.uri),
      [client.uri('../other/rule.yaml')],
    );
  });

  test('a folder that goes takes the findings of its files along', async () => {
    const client = await start({ 'dev/a/entry.yaml': wrong, 'device.yaml': wrong });
    client.remove('dev');
    await client.watched('dev', 3);
    assert.deepEqual(client.codes('dev/a/entry.yaml'), []);
    assert.deepEqual(client.codes('device.yaml'), ['schema/enum']);
  });

  test('files are called as editors call them, whatever signs are in their names', () => {
    const uri = 'file:///srv/a%20%5Bdev%5D/%28x%29%21/%C3%BC%3A%23.yaml';
    assert.equal(uriOfPath('/srv/a [dev]/(x)!/ü:#.yaml'), uri);
    assert.equal(pathOfUri(uri), '/srv/a [dev]/(x)!/ü:#.yaml');
  });

  test('a folder may have settings of its own', async () => {
    const client = await start({ 'entry.yaml': wrong, '../other/entry.yaml': wrong });
    const off = { istioEgress: { rules: { 'schema/enum': 'off' } } };
    client.folderSettings.set(client.uri('../other'), off);
    await client.changeFolders({ added: ['../other'] });
    assert.deepEqual(client.codes('entry.yaml'), ['schema/enum']);
    assert.deepEqual(client.codes('../other/entry.yaml'), []);
    client.folderSettings.clear();
    await client.changeSettings({});
    assert.deepEqual(client.codes('../other/entry.yaml'), ['schema/enum']);
  });

  test('folders that are checked apart can be written down, and are scopes with that name then', async () => {
    const client = await start({ 'a [dev]/entry.yaml': entry, 'prod/entry.yaml': entry });
    await client.open('a [dev]/entry.yaml', entry);
    assert.deepEqual(client.codes('a [dev]/entry.yaml'), ['workspace/separate-scopes']);
    const [action] = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: client.uri('a [dev]/entry.yaml') },
      range: client.shown('a [dev]/entry.yaml')[0]!.range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    assert.equal(action!.title, 'Write the setting "istioEgress.scopes": a [dev], prod');
    assert.equal(action!.command!.command, 'test.writeScopes');
    const [{ uri, scopes }] = action!.command!.arguments as [WriteScopesParams];
    assert.equal(uri, client.uri('a [dev]/entry.yaml'));
    await client.changeSettings({ istioEgress: { scopes } });
    assert.deepEqual(client.codes('a [dev]/entry.yaml'), []);
    const names = ['a [dev]/entry.yaml', 'prod/entry.yaml'].map((path) => client.info(path));
    assert.deepEqual(
      (await Promise.all(names)).map((it) => it.scopes),
      [['a [dev]'], ['prod']],
    );
  });
});
