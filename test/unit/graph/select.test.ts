import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { emptiness } from '../../../server/src/engine/graph/emptiness';
import { group } from '../../../server/src/engine/graph/group';
import { select } from '../../../server/src/engine/graph/select';
import { spotIn, spotInGroups } from '../../../server/src/engine/graph/spot';
import { manyHosts } from '../../support/graph-manifests';
import { GraphScene } from '../../support/graph-scene';

const hostsOf = (scene: ReturnType<GraphScene['graph']>): string[] =>
  scene.nodes.filter(({ kind }) => kind === 'host').map(({ label }) => label);

suite('a filter', () => {
  const graph = new GraphScene(manyHosts(20, { unbound: [3] })).graph();

  test('of a host leaves its whole way', () => {
    const { nodes } = select(graph, 'HOST-007.EXAMPLE');
    assert.deepEqual(nodes.map(({ id }) => id).sort(), [
      'client shop',
      'gateway istio-system/istio-egressgateway',
      'host host-007.example.com',
      'route VirtualService shop/host-007',
    ]);
  });

  test('of a state leaves what is in it', () => {
    assert.deepEqual(hostsOf(select(graph, 'broken')), ['host-003.example.com']);
  });

  test('of nothing leaves everything, of something else nothing', () => {
    assert.equal(select(graph, '  '), graph);
    assert.deepEqual(select(graph, 'nowhere'), { nodes: [], edges: [] });
  });
});

suite('the extent of a file', () => {
  test('holds what its documents take part in', () => {
    const scene = new GraphScene(manyHosts(5));
    assert.deepEqual(hostsOf(scene.graph('host-002.yaml')), ['host-002.example.com']);
    assert.equal(hostsOf(scene.graph('gateway.yaml')).length, 5);
    assert.deepEqual(scene.graph('none.yaml').nodes, []);
  });
});

suite('groups', () => {
  const graph = new GraphScene(manyHosts(20, { unbound: [3] })).graph();
  const grouped = group(graph);
  const hosts = grouped.nodes.find(({ kind, members }) => kind === 'host' && members)!;

  test('join what differs in nothing but its name', () => {
    assert.equal(hosts.members?.length, 19);
    assert.equal(hosts.label, '19 hosts');
    assert.equal(hosts.detail, 'host-000.example.com, host-001.example.com, …');
    assert.ok(grouped.nodes.some(({ id }) => id === 'host host-003.example.com'));
  });

  test('carry every request, and lose none that is wrong', () => {
    const requests = (edges: typeof graph.edges): string[] =>
      [...new Set(edges.flatMap((it) => it.requests))].sort();
    assert.deepEqual(requests(grouped.edges), requests(graph.edges));
    assert.equal(grouped.edges.filter(({ state }) => state === 'broken').length, 1);
  });

  test('open, each for itself', () => {
    const opened = group(graph, new Set([hosts.id]));
    assert.equal(opened.nodes.filter(({ kind }) => kind === 'host').length, 20);
    assert.ok(opened.nodes.some(({ kind, members }) => kind === 'route' && members));
  });

  test('are for crowds only', () => {
    const few = new GraphScene(manyHosts(14)).graph();
    assert.equal(group(few), few);
  });
});

suite('the cursor', () => {
  const scene = new GraphScene(manyHosts(20));
  const graph = scene.graph();
  const entries = scene.engine.file('host-007.yaml')!.entries;
  const route = entries[1]!.slot;

  test('on a route means its node', () => {
    assert.deepEqual(spotIn(graph, route, ['metadata', 'name']).nodes, [
      'route VirtualService shop/host-007',
    ]);
  });

  test('on a port of a ServiceEntry means the edge that leads there', () => {
    const { nodes, edges } = spotIn(graph, entries[0]!.slot, ['spec', 'ports', 0, 'number']);
    assert.deepEqual(nodes, ['host host-007.example.com']);
    assert.ok(edges.includes('gateway istio-system/istio-egressgateway → host host-007.example.com'));
  });

  test('means the group where that stands for the node', () => {
    const grouped = group(graph);
    const spot = spotInGroups(spotIn(graph, route, ['metadata', 'name']), graph, grouped);
    assert.deepEqual(
      spot.nodes,
      grouped.nodes.filter(({ kind, members }) => kind === 'route' && members).map(({ id }) => id),
    );
  });

  test('on something else means nothing', () => {
    const other = new GraphScene(manyHosts(1)).engine.file('gateway.yaml')!.entries[0]!.slot;
    assert.deepEqual(spotIn(graph, other, ['spec']), { nodes: [], edges: [] });
  });
});

suite('nothing to draw', () => {
  const nothing = {
    view: undefined,
    accepted: 0,
    refused: 0,
    partial: 0,
    filtered: false,
    extent: 'scope',
  } as const;
  const view = new GraphScene(manyHosts(1)).live.scope;

  for (const [what, from, title] of [
    ['nothing at all', {}, /no egress route here yet/],
    ['a large file', { skipped: 'too-large' }, /too large/],
    ['a picture', { skipped: 'binary' }, /not text/],
    ['a filter', { filtered: true, accepted: 3 }, /matches the filter/],
    ['documents the cluster refuses', { refused: 2 }, /accepted by the cluster/],
    ['templates', { partial: 2 }, /templates or patches/],
    ['a file without a part in anything', { view, accepted: 1, extent: 'file' }, /this file declares/],
    ['documents through which nothing leaves', { view, accepted: 1 }, /No request leaves/],
  ] as const) {
    test(`${what} says so, and what to do`, () => {
      const told = emptiness({ ...nothing, ...from });
      assert.match(told.title, title);
      assert.ok(told.advice.length > 20);
    });
  }
});
