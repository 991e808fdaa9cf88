import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import {
  answersChanged,
  type GraphPicture,
  type GraphSpotResult,
  graphRequest,
} from '../server/src/protocol';
import {
  graphWayRequest,
  type LikelyCalls,
  likelyCallsRequest,
  type ReadCallResult,
  readCallRequest,
  type TraceCall,
  type TraceReason,
  type TraceResult,
  traceRequest,
} from '../server/src/protocol/trace';
import { manyHosts } from './support/graph-manifests';
import { type LspClient, startingServers } from './support/lsp-client';

const start = startingServers();

const notes = readFileSync('examples/notes/egress-notes.md', 'utf8');

const cnn: TraceCall = { from: { namespace: 'default' }, scheme: 'http', host: 'edition.cnn.com', port: 80 };

const ask = (client: LspClient, path: string, call: unknown = cnn): Promise<TraceResult> =>
  client.connection.sendRequest(traceRequest, { uri: client.uri(path), call });

const lineOf = (text: string, { place }: TraceReason): string | undefined =>
  place && text.split('\n')[place.range.start.line]?.trim();

suite('a trace', () => {
  test('names every proxy, and at each what decided, down to the line', async () => {
    const client = await start({ 'notes.md': notes });
    const { url, paths } = await ask(client, 'notes.md');
    assert.equal(url, 'http://edition.cnn.com');
    const [path, ...others] = paths;
    assert.deepEqual(others, []);
    assert.equal(path!.title, 'Leaves for edition.cnn.com:80');
    assert.equal(path!.state, 'ok');
    assert.deepEqual(
      path!.hops.map(({ kind, name, decisions }) => [kind, name, lineOf(notes, decisions[0]!)]),
      [
        ['sidecar', 'default', '- match:'],
        ['gateway', 'istio-system/istio-egressgateway', '- port:'],
      ],
    );
    const words = path!.hops.flatMap((it) => it.decisions.map(({ words }) => words));
    assert.match(
      words[0]!,
      /^VirtualService "default\/cnn-through-egress-gateway" sends it to .* by http\[0\]/,
    );
    assert.ok(words.some((it) => /^Gateway ".*" takes it in by servers\[0\]: port 80, HTTP/.test(it)));
    assert.ok(path!.hops[0]!.facts.some(({ name }) => name === 'cluster'));
  });

  test('says that a request leaves past its gateway', async () => {
    const client = await start({ 'notes.md': notes });
    const { paths } = await ask(client, 'notes.md', { ...cnn, scheme: 'https', port: 443 });
    assert.deepEqual(
      paths.map(({ state, title }) => [state, title]),
      [['bypass', 'Leaves for edition.cnn.com:443 directly from the sidecar']],
    );
  });

  test('says what to do where a request fails, and why', async () => {
    const client = await start(manyHosts(2, { unbound: [1] }));
    const [path] = (
      await ask(client, 'gateway.yaml', {
        from: { namespace: 'shop' },
        scheme: 'http',
        host: 'host-001.example.com',
        port: 80,
      })
    ).paths;
    assert.equal(path!.state, 'broken');
    assert.match(path!.title, /^Gets 404 from gateway istio-system\/istio-egressgateway/);
    assert.match(path!.advice!, /^(?:Compare the matches|Bind a VirtualService)/);
    assert.match(path!.reason!, /404/);
  });

  test('is told as not evaluated, with the reason, when it cannot be', async () => {
    const client = await start({ 'notes.md': notes });
    const bad: readonly [call: unknown, reason: RegExp][] = [
      [null, /"scheme" must be one of http, https, tls, tcp/],
      [{ ...cnn, scheme: 'ftp' }, /"scheme"/],
      [{ ...cnn, host: '' }, /"host"/],
      [{ ...cnn, port: 70000 }, /"port"/],
      [{ ...cnn, port: '80' }, /"port"/],
      [{ ...cnn, from: {} }, /namespace/],
      [{ ...cnn, headers: { a: 1 } }, /"headers"/],
      [{ ...cnn, from: { namespace: 'a', labels: [1] } }, /"labels"/],
      [{ ...cnn, path: 1 }, /"path"/],
    ];
    for (const [call, reason] of bad) {
      const { paths } = await ask(client, 'notes.md', call);
      assert.deepEqual(
        paths.map((it) => it.outcome),
        ['not-evaluated'],
      );
      assert.match(paths[0]!.reason!, reason);
    }
    const nowhere = await ask(client, 'nowhere.yaml');
    assert.match(nowhere.paths[0]!.outcome, /not-evaluated|passthrough/);
  });

  test('of half-typed text is that of the last good one', async () => {
    const files = manyHosts(1);
    const client = await start(files);
    const call = { ...cnn, from: { namespace: 'shop' }, host: 'host-000.example.com' };
    const before = await ask(client, 'gateway.yaml', call);
    await client.open('host-000.yaml', files['host-000.yaml']!);
    await client.type('host-000.yaml', `${files['host-000.yaml']}    - match: [{`);
    const told = ({ paths }: TraceResult) =>
      paths.map(({ title, hops }) => [title, hops.map((it) => it.decisions.map(({ words }) => words))]);
    assert.deepEqual(told(await ask(client, 'gateway.yaml', call)), told(before));
  });

  test('is announced to be another once someone has asked', async () => {
    const files = manyHosts(1);
    const client = await start(files);
    let told = 0;
    client.connection.onNotification(answersChanged, () => {
      told++;
    });
    const call = { ...cnn, from: { namespace: 'shop' }, host: 'host-000.example.com' };
    assert.equal((await ask(client, 'gateway.yaml', call)).paths[0]!.state, 'ok');
    await client.open('gateway.yaml', files['gateway.yaml']!);
    await client.type('gateway.yaml', files['gateway.yaml']!.replace('*.example.com', '*.example.org'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(told, 1);
    assert.equal((await ask(client, 'gateway.yaml', call)).paths[0]!.state, 'broken');
  });
});

suite('a way in the graph', () => {
  const spot = (
    client: LspClient,
    path: string,
    call: TraceCall,
    more: object = {},
  ): Promise<GraphSpotResult> =>
    client.connection.sendRequest(graphWayRequest, {
      uri: client.uri(path),
      extent: 'scope',
      call,
      way: 0,
      ...more,
    });

  test('is its nodes and edges from the client to the host', async () => {
    const client = await start({ 'notes.md': notes });
    const gateway = 'gateway istio-system/istio-egressgateway';
    const route = 'route VirtualService default/cnn-through-egress-gateway';
    assert.deepEqual(await spot(client, 'notes.md', cnn), {
      nodes: ['client default', route, gateway, 'host edition.cnn.com'],
      edges: [`client default → ${route}`, `${route} → ${gateway}`, `${gateway} → host edition.cnn.com`],
    });
    const past = await spot(client, 'notes.md', { ...cnn, scheme: 'https', port: 443 });
    assert.deepEqual(past.edges, ['client default → host edition.cnn.com']);
  });

  test('is where the group stands that holds its host', async () => {
    const client = await start(manyHosts(20));
    const call: TraceCall = { ...cnn, from: { namespace: 'shop' }, host: 'host-004.example.com' };
    const { nodes, edges } = await spot(client, 'gateway.yaml', call);
    const picture: GraphPicture = await client.connection.sendRequest(graphRequest, {
      uri: client.uri('gateway.yaml'),
      extent: 'scope',
    });
    const drawn = new Set([...picture.nodes, ...picture.edges].map((it) => it.id));
    assert.equal(edges.length, 3);
    assert.ok([...nodes, ...edges].every((it) => drawn.has(it)));
  });

  test('is nothing where nothing of it is drawn', async () => {
    const client = await start({ 'notes.md': notes });
    const nothing = { nodes: [], edges: [] };
    assert.deepEqual((await spot(client, 'notes.md', { ...cnn, host: 'other.com' })).edges, []);
    assert.deepEqual(await spot(client, 'notes.md', cnn, { way: 7 }), nothing);
    assert.deepEqual(await spot(client, 'notes.md', { ...cnn, port: -1 }), nothing);
  });
});

suite('what is typed as a request', () => {
  test('is read as on the command line', async () => {
    const client = await start({ 'notes.md': notes });
    const read = (url: string, from?: string): Promise<ReadCallResult> =>
      client.connection.sendRequest(readCallRequest, { url, ...(from !== undefined && { from }) });
    assert.deepEqual(await read('https://a.com/x?y', 'shop/app=web,v=1'), {
      call: {
        scheme: 'https',
        host: 'a.com',
        port: 443,
        path: '/x?y',
        from: { namespace: 'shop', labels: { app: 'web', v: '1' } },
      },
    });
    assert.deepEqual(await read('tcp://[::1]:5432'), {
      call: { scheme: 'tcp', host: '::1', port: 5432, from: { namespace: 'default' } },
    });
    for (const url of [
      '',
      'a.com',
      'ftp://a.com',
      'http://',
      'http://a b',
      'tls://a.com',
      'http://a.com:0',
    ]) {
      const { call, trouble } = await read(url);
      assert.equal(call, undefined, url);
      assert.match(trouble!, /^write http:|^it needs a port from 1 to 65535$/);
    }
    const nothing = client.connection.sendRequest<ReadCallResult>(readCallRequest, {});
    assert.match((await nothing).trouble!, /^write http:/);
    assert.match((await read('http://a.com', 'shop/app')).trouble!, /NAMESPACE\/LABEL=VALUE/);
  });

  test('is likely what stands at the cursor', async () => {
    const files = manyHosts(3);
    const client = await start(files);
    const text = `${files['host-000.yaml']}---\n${files['host-001.yaml']}`;
    await client.open('host-000.yaml', text);
    const likely = (line: number): Promise<LikelyCalls> =>
      client.connection.sendRequest(likelyCallsRequest, {
        uri: client.uri('host-000.yaml'),
        position: { line, character: 12 },
      });
    const lines = text.split('\n');
    const { calls, namespaces } = await likely(
      lines.findLastIndex((it) => it.includes('host-001.example.com')),
    );
    assert.match(calls[0]!.url, /host-001\.example\.com/);
    assert.ok(calls.some(({ url }) => url.includes('host-000')));
    assert.equal(namespaces[0], 'shop');
    assert.match((await likely(2)).calls[0]!.url, /host-000\.example\.com/);
  });
});
