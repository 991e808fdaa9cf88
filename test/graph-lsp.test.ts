import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, suite, test } from 'node:test';
import {
  answersChanged,
  type GraphParams,
  type GraphPicture,
  type GraphSpotResult,
  graphRequest,
  graphSpotRequest,
} from '../server/src/protocol';
import { manyHosts } from './support/graph-manifests';
import { LspClient } from './support/lsp-client';

const clients: LspClient[] = [];
after(() => clients.forEach((it) => void it.dispose()));

async function start(...args: Parameters<typeof LspClient.start>): Promise<LspClient> {
  const client = await LspClient.start(...args);
  clients.push(client);
  return client;
}

type Choice = Partial<Omit<GraphParams, 'uri'>>;

const paramsOf = (client: LspClient, path: string, choice: Choice): GraphParams => {
  return { uri: client.uri(path), extent: 'scope', ...choice };
};

const graph = (client: LspClient, path: string, choice: Choice = {}): Promise<GraphPicture> =>
  client.connection.sendRequest(graphRequest, paramsOf(client, path, choice));

const spot = (
  client: LspClient,
  path: string,
  line: number,
  character: number,
  choice: Choice & { readonly shown?: string } = {},
): Promise<GraphSpotResult> => {
  const { shown = path, ...rest } = choice;
  const at = { uri: client.uri(path), position: { line, character } };
  return client.connection.sendRequest(graphSpotRequest, { ...paramsOf(client, shown, rest), at });
};

const notes = readFileSync('examples/notes/egress-notes.md', 'utf8');

suite('the graph of a file', () => {
  test('leads to lines, also through a heredoc in Markdown', async () => {
    const client = await start({ 'notes.md': notes });
    const { nodes, edges, empty } = await graph(client, 'notes.md');
    assert.equal(empty, undefined);
    const lines = notes.split('\n');
    const placed = nodes.map(({ kind, label, place }) => [
      kind,
      label,
      place && lines[place.range.start.line],
    ]);
    assert.deepEqual(placed.sort(), [
      ['client', 'default', undefined],
      ['gateway', 'istio-system/istio-egressgateway', '  name: istio-egressgateway'],
      ['host', 'edition.cnn.com', lines[nodes.find((it) => it.kind === 'host')!.place!.range.start.line]],
      ['route', 'cnn-through-egress-gateway', '  name: cnn-through-egress-gateway'],
    ]);
    const bypass = edges.filter(({ state }) => state !== 'ok');
    assert.deepEqual(
      bypass.map(({ state, requests }) => [state, requests]),
      [['bypass', ['edition.cnn.com:443']]],
    );
    assert.equal(bypass[0]!.why[0]!.code, 'service-entry/port-bypasses-gateway');
    assert.match(lines[bypass[0]!.why[0]!.place!.range.start.line]!, /443/);
  });

  test('says where a finding stands, and what it says', async () => {
    const client = await start(manyHosts(2, { unbound: [1] }));
    const { rows } = await graph(client, 'gateway.yaml');
    const broken = rows.filter(({ state }) => state === 'broken');
    assert.deepEqual(
      broken.map(({ fromLabel, toLabel, why }) => [fromLabel, toLabel, why.map((it) => it.code)]),
      [
        [
          'istio-system/istio-egressgateway',
          'host-001.example.com',
          ['virtual-service/match-gateway-not-bound'],
        ],
      ],
    );
    assert.equal(broken[0]!.place!.uri, client.uri('host-001.yaml'));
    const shown = client.shown('host-001.yaml');
    assert.ok(shown.some(({ message }) => message === broken[0]!.why[0]!.message));
  });

  test('holds what was chosen: an extent, a filter, open groups', async () => {
    const client = await start(manyHosts(20));
    const hosts = ({ nodes }: GraphPicture): number => nodes.filter((it) => it.kind === 'host').length;
    const whole = await graph(client, 'host-004.yaml');
    assert.equal(hosts(whole), 1);
    assert.equal(whole.rows.length, 60);
    const grouped = whole.nodes.find((it) => it.kind === 'host')!;
    assert.equal(grouped.members, 20);
    assert.equal(hosts(await graph(client, 'host-004.yaml', { expanded: [grouped.id] })), 20);
    assert.equal((await graph(client, 'host-004.yaml', { extent: 'file' })).rows.length, 3);
    assert.equal((await graph(client, 'host-004.yaml', { filter: 'host-01' })).rows.length, 30);
    const none = await graph(client, 'host-004.yaml', { filter: 'nowhere' });
    assert.equal(none.empty?.title, 'Nothing matches the filter');
  });

  test('is empty with advice where there is nothing to draw', async () => {
    const host = manyHosts(1)['host-000.yaml']!;
    const client = await start(
      {
        'broken/host.yaml': host.replaceAll('hosts:', 'hots:'),
        'chart/Chart.yaml': 'apiVersion: v2\nname: egress\nversion: 1.0.0\n',
        'chart/templates/route.yaml': host.replaceAll('shop', '{{ .Release.Namespace }}'),
        'other/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
      },
      {
        istioEgress: {
          scopes: ['broken', 'other'].map((name) => ({ name, include: [`${name}/**`] })),
        },
      },
    );
    const titles = await Promise.all(
      ['broken/host.yaml', 'chart/templates/route.yaml', 'other/config.yaml', 'none.yaml'].map(
        async (path) => (await graph(client, path)).empty?.title,
      ),
    );
    assert.deepEqual(titles, [
      'No document here would be accepted by the cluster',
      'There are only templates or patches here',
      'There is no egress route here yet',
      'There is no egress route here yet',
    ]);
  });

  test('outlives text that is broken while it is being written', async () => {
    const files = manyHosts(1);
    const client = await start(files);
    const before = await graph(client, 'gateway.yaml');
    await client.open('host-000.yaml', files['host-000.yaml']!);
    await client.type('host-000.yaml', `${files['host-000.yaml']}    - match: [{`);
    const after = await graph(client, 'gateway.yaml');
    assert.deepEqual(
      after.nodes.map(({ id, x, y }) => [id, x, y]),
      before.nodes.map(({ id, x, y }) => [id, x, y]),
    );
  });

  test('tells of changes once someone has asked', async () => {
    const files = manyHosts(1);
    const client = await start(files);
    let told = 0;
    client.connection.onNotification(answersChanged, () => {
      told++;
    });
    await client.open('gateway.yaml', files['gateway.yaml']!);
    await client.type('gateway.yaml', files['gateway.yaml']!.replace('"*.example.com"', '"*.example.org"'));
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(told, 0);
    const { edges } = await graph(client, 'gateway.yaml');
    assert.ok(edges.some(({ state }) => state === 'broken'));
    for (const text of ['*.a.example', '*.b.example', '*.example.com']) {
      await client.type('gateway.yaml', files['gateway.yaml']!.replace('*.example.com', text));
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(told, 1, 'changes that come together are told together');
    assert.ok((await graph(client, 'gateway.yaml')).edges.every(({ state }) => state === 'ok'));
  });
});

suite('the cursor in the graph', () => {
  test('is a node or an edge', async () => {
    const files = manyHosts(2);
    const client = await start(files);
    await client.open('host-001.yaml', files['host-001.yaml']!);
    const line = files['host-001.yaml']!.split('\n').findIndex((it) =>
      it.includes('name: host-001, namespace'),
    );
    const entry = await spot(client, 'host-001.yaml', line, 20);
    assert.deepEqual(entry.nodes, ['host host-001.example.com']);
    const lines = files['host-001.yaml']!.split('\n');
    const route = await spot(client, 'host-001.yaml', lines.lastIndexOf(lines[line]!), 20);
    assert.deepEqual(route.nodes, ['route VirtualService shop/host-001']);
    const atGateway = await spot(client, 'host-001.yaml', lines.length - 2, 40);
    assert.deepEqual(atGateway.edges, [
      'gateway istio-system/istio-egressgateway → host host-001.example.com',
    ]);
  });

  test('may stand in another file of the scope, and in none', async () => {
    const files = manyHosts(2);
    const client = await start({ ...files, 'words.md': 'nothing here\n' });
    await client.open('host-001.yaml', files['host-001.yaml']!);
    await client.open('words.md', 'nothing here\n', 'markdown');
    const elsewhere = await spot(client, 'host-001.yaml', 2, 20, { shown: 'host-000.yaml' });
    assert.deepEqual(elsewhere.nodes, ['host host-001.example.com']);
    const nowhere = await spot(client, 'words.md', 0, 3, { shown: 'host-000.yaml' });
    assert.deepEqual(nowhere, { nodes: [], edges: [] });
  });
});
