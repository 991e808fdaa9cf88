import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import { startingServers } from './support/lsp-client';

const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress, namespace: shop}
spec:
  selector: {istio: egressgateway}
  servers:
  - port: {number: 80, name: http, protocol: HTTP}
    hosts: [edition.cnn.com]
`;
const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  gateways: [mesh, egress]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]
  - match: [{gateways: [egress], port: 80}]
    route: [{destination: {host: edition.cnn.com, port: {number: 80}}}]
`;
const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: cnn, namespace: shop}
spec:
  hosts: [edition.cnn.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
`;
/** The same route with sidecars left out: one cause, one finding. */
const unbound = route
  .replace('[mesh, egress]', '[egress]')
  .replace('match: [{gateways: [mesh], port: 80}]', 'match: [{port: 80, method: {exact: GET}}]');
const whole = { 'gateway.yaml': gateway, 'route.yaml': route, 'entry.yaml': entry };

suite('language server', () => {
  const start = startingServers();

  test('a complete route has no finding, and a file nobody opened has its findings shown', async () => {
    const client = await start({
      ...whole,
      'slip.yaml': route
        .replace('name: cnn', 'name: slip')
        .replace('[mesh, egress]', '[mesh, egres]')
        .replaceAll('cnn.com', 'bbc.com'),
    });
    assert.deepEqual(
      ['gateway.yaml', 'route.yaml', 'entry.yaml'].flatMap((it) => client.codes(it)),
      [],
    );
    assert.ok(client.codes('slip.yaml').includes('virtual-service/gateway-not-found'));
  });

  test('with the scope "openFiles" only what is open has findings', async () => {
    const broken = unbound;
    const client = await start(
      { ...whole, 'route.yaml': broken },
      { istioEgress: { diagnostics: { scope: 'openFiles' } } },
    );
    assert.deepEqual(client.codes('route.yaml'), []);
    const found = await client.open('route.yaml', broken);
    assert.deepEqual(
      found.map((it) => it.code),
      ['virtual-service/mesh-not-bound'],
    );
  });

  test('a finding stands in lines and columns, links its page and names the other side', async () => {
    const client = await start({ ...whole, 'route.yaml': unbound });
    const [found] = client.shown('route.yaml');
    assert.deepEqual(found?.range, { start: { line: 5, character: 2 }, end: { line: 5, character: 10 } });
    assert.equal(found?.codeDescription?.href, 'file:///pages/virtual-service/mesh-not-bound.md');
    assert.deepEqual(
      found?.relatedInformation?.map((it) => it.location.range.start.line),
      [8],
    );
  });

  test('the buffer wins over the disk until it is closed, and the disk is followed', async () => {
    const client = await start(whole);
    await client.open(
      'gateway.yaml',
      gateway.replace('hosts: [edition.cnn.com]', 'hosts: [edition.bbc.com]'),
    );
    await client.settled();
    assert.deepEqual(client.codes('route.yaml'), ['virtual-service/host-not-served']);
    await client.close('gateway.yaml');
    assert.deepEqual(client.codes('route.yaml'), []);
    client.remove('entry.yaml');
    await client.watched('entry.yaml', 3);
    assert.ok(client.codes('route.yaml').includes('virtual-service/destination-not-registered'));
    client.write('entry.yaml', entry);
    await client.watched('entry.yaml', 1);
    assert.deepEqual(client.codes('route.yaml'), []);
  });

  test('a quick fix mends the file it stands in', async () => {
    const broken = route.replace('[mesh, egress]', '[egress]');
    const client = await start(whole);
    const all = await client.open('route.yaml', broken);
    const found = all.find((it) => it.code === 'virtual-service/mesh-not-bound');
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: client.uri('route.yaml') },
      range: found!.range,
      context: { diagnostics: [found], only: ['quickfix'] },
    });
    const preferred = actions.find((it) => it.isPreferred);
    assert.equal(preferred?.title, 'Add "mesh"');
    const [edit] = preferred!.edit!.changes![client.uri('route.yaml')]!;
    const fixed = broken.split('\n');
    const { line, character } = edit!.range.start;
    fixed[line] =
      fixed[line]!.slice(0, character) + edit!.newText + fixed[line]!.slice(edit!.range.end.character);
    assert.deepEqual(await client.type('route.yaml', fixed.join('\n')), []);
  });

  test('both ways to silence a finding are offered, after everything that mends it', async () => {
    const client = await start(whole);
    const broken = route.replace('[mesh, egress]', '[mesh, egres]');
    const all = await client.open('route.yaml', broken);
    const found = all.find((it) => it.code === 'virtual-service/gateway-not-found');
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: client.uri('route.yaml') },
      range: found!.range,
      context: { diagnostics: [found], only: ['quickfix'] },
    });
    assert.deepEqual(
      actions.map((it) => [it.title, it.isPreferred ?? false]),
      [
        ['Change to "egress"', true],
        ['Ignore virtual-service/gateway-not-found in this document', false],
        ['Suppress IST0101 on this object, for istioctl too', false],
      ],
    );
    const [edit] = actions[1]!.edit!.changes![client.uri('route.yaml')]!;
    const silent = await client.type('route.yaml', `${edit!.newText}${broken}`);
    assert.ok(!silent.some((it) => it.code === found!.code));
  });

  test('"fix all" applies what is safe, and only when it is asked for', async () => {
    const client = await start(whole);
    const [found] = await client.open('route.yaml', route.replace('[mesh, egress]', '[egress]'));
    const ask = (only?: string[]): Promise<CodeAction[]> =>
      client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: client.uri('route.yaml') },
        range: found!.range,
        context: { diagnostics: [], ...(only && { only }) },
      });
    assert.ok((await ask()).every((it) => it.kind === 'quickfix'));
    assert.deepEqual(
      (await ask(['source.fixAll'])).map((it) => it.kind),
      ['source.fixAll.istioEgress'],
    );
  });

  test('while a document is broken the findings of others stay', async () => {
    const client = await start(whole);
    await client.open('entry.yaml', entry);
    for (let length = entry.length; length > 0; length -= 7) {
      await client.type('entry.yaml', `${entry.slice(0, length)}\n  broken: [`);
      assert.deepEqual(client.codes('route.yaml'), [], `after ${length} characters`);
    }
  });

  test('a rule can be turned off or given another severity, and a wrong setting is ignored', async () => {
    const broken = { ...whole, 'route.yaml': unbound };
    const client = await start(broken);
    assert.equal(client.shown('route.yaml')[0]?.severity, 1);
    await client.changeSettings({
      istioEgress: { rules: { 'virtual-service/mesh-not-bound': 'warning' }, closedWorld: 'yes' },
    });
    assert.equal(client.shown('route.yaml')[0]?.severity, 2);
    await client.changeSettings({ istioEgress: { rules: { 'virtual-service/mesh-not-bound': 'off' } } });
    assert.deepEqual(client.codes('route.yaml'), []);
  });

  test('the version of the mesh decides what is refused', async () => {
    const young = entry.replace('DNS', 'DYNAMIC_DNS').replace('[edition.cnn.com]', '["*.cnn.com"]');
    const client = await start({ 'entry.yaml': young }, { istioEgress: { targetVersion: '1.27' } });
    assert.deepEqual(client.codes('entry.yaml'), ['schema/newer-than-mesh']);
    await client.changeSettings({ istioEgress: { targetVersion: '1.28' } });
    assert.deepEqual(client.codes('entry.yaml'), []);
  });

  test('what is deprecated is struck out', async () => {
    const old = route.replaceAll(
      '    route:',
      '    mirror: {host: edition.cnn.com, port: {number: 80}}\n    mirrorPercent: 5\n    route:',
    );
    const client = await start({ ...whole, 'route.yaml': old });
    const found = client.shown('route.yaml').find((it) => it.code === 'istiod/deprecated-field');
    assert.deepEqual(found?.tags, [2]);
  });

  test('completion offers hosts, subsets and fields in an open document', async () => {
    const client = await start(whole);
    const typed = `${route}  - route: [{destination: {host: }}]\n`;
    await client.open('route.yaml', typed);
    const labels = async (line: number, character: number): Promise<string[]> => {
      const items: { label: string }[] = await client.connection.sendRequest('textDocument/completion', {
        textDocument: { uri: client.uri('route.yaml') },
        position: { line, character },
      });
      return items.map((it) => it.label);
    };
    const last = typed.split('\n').length - 2;
    const hosts = await labels(last, typed.split('\n')[last]!.indexOf('host: ') + 6);
    assert.ok(hosts.includes('edition.cnn.com'), hosts.join());
    assert.ok(hosts.includes('istio-egressgateway.istio-system.svc.cluster.local'));
  });

  test('hover explains a field and names the scope', async () => {
    const client = await start(whole);
    await client.open('entry.yaml', entry);
    const answer: { contents: { value: string } } = await client.connection.sendRequest(
      'textDocument/hover',
      {
        textDocument: { uri: client.uri('entry.yaml') },
        position: { line: 6, character: 4 },
      },
    );
    assert.match(answer.contents.value, /DNS/);
    assert.match(answer.contents.value, /Scope: `workspace`/);
  });

  test('definition and references lead across files', async () => {
    const client = await start(whole);
    await client.open('route.yaml', route);
    const at = { textDocument: { uri: client.uri('route.yaml') }, position: { line: 4, character: 14 } };
    const [target] = await client.connection.sendRequest<{ uri: string; range: object }[]>(
      'textDocument/definition',
      at,
    );
    assert.equal(target?.uri, client.uri('entry.yaml'));
    const found = await client.connection.sendRequest<{ uri: string }[]>('textDocument/references', {
      ...at,
      context: { includeDeclaration: true },
    });
    assert.deepEqual(
      [...new Set(found.map((it) => it.uri))].sort(),
      ['entry.yaml', 'gateway.yaml', 'route.yaml'].map((it) => client.uri(it)).sort(),
    );
  });

  test('a Gateway is renamed wherever it is named, and what cannot be renamed says why', async () => {
    const client = await start(whole);
    await client.open('gateway.yaml', gateway);
    const at = { textDocument: { uri: client.uri('gateway.yaml') }, position: { line: 2, character: 18 } };
    const edit: { changes: { [uri: string]: { newText: string }[] } } = await client.connection.sendRequest(
      'textDocument/rename',
      {
        ...at,
        newName: 'outbound',
      },
    );
    assert.deepEqual(Object.keys(edit.changes).sort(), [
      client.uri('gateway.yaml'),
      client.uri('route.yaml'),
    ]);
    await assert.rejects(
      client.connection.sendRequest('textDocument/prepareRename', {
        ...at,
        position: { line: 0, character: 3 },
      }),
      /can be renamed/,
    );
  });

  test('symbols of the workspace and of a file', async () => {
    const client = await start(whole);
    const found = await client.connection.sendRequest<{ name: string }[]>('workspace/symbol', {
      query: 'cnn',
    });
    assert.deepEqual(found.map((it) => it.name).sort(), ['ServiceEntry shop/cnn', 'VirtualService shop/cnn']);
  });

  test('"Generate egress route" completes a lone ServiceEntry, and is not offered on a finished route', async () => {
    const client = await start({});
    await client.open('lone.yaml', entry);
    const ask = (path: string): Promise<CodeAction[]> =>
      client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri: client.uri(path) },
        range: { start: { line: 4, character: 12 }, end: { line: 4, character: 12 } },
        context: { diagnostics: [], only: ['refactor.rewrite'] },
      });
    const [action] = await ask('lone.yaml');
    assert.equal(action?.kind, 'refactor.rewrite.egressRoute');
    const [edit] = action!.edit!.changes![client.uri('lone.yaml')]!;
    assert.deepEqual(await client.type('lone.yaml', entry + edit!.newText), []);
    assert.deepEqual(await ask('lone.yaml'), []);
  });
});
