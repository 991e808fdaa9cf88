import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { edgePath } from '../../../server/src/engine/graph/edge-path';
import type { Graph } from '../../../server/src/engine/graph/graph';
import { group } from '../../../server/src/engine/graph/group';
import { type Layout, layout, type PlacedNode } from '../../../server/src/engine/graph/layout';
import { manyHosts } from '../../support/graph-manifests';
import { GraphScene } from '../../support/graph-scene';
import { trafficCases } from '../../support/traffic-cases';

const overlap = (a: PlacedNode, b: PlacedNode): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function overlaps({ nodes }: Layout): string[] {
  return nodes.flatMap((a, index) =>
    nodes.slice(index + 1).flatMap((b) => (overlap(a, b) ? [`${a.id} and ${b.id}`] : [])),
  );
}

function check(picture: Layout): void {
  assert.deepEqual(overlaps(picture), []);
  for (const { id, x, y, width, height } of picture.nodes) {
    const isInside = x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height;
    assert.ok(isInside, `${id} is outside of the picture`);
  }
  for (const { id, from, to, points } of picture.edges) {
    const [start, end] = [from, to].map((it) => picture.nodes.find((node) => node.id === it)!);
    const [first, last] = [points[0]!, points.at(-1)!];
    assert.equal(first.x, start!.x + start!.width, `${id} does not leave its node`);
    assert.ok(first.y > start!.y && first.y < start!.y + start!.height, `${id} leaves beside its node`);
    assert.ok(last.y > end!.y && last.y < end!.y + end!.height, `${id} arrives beside its node`);
  }
}

/** Nodes that the level part of an edge runs through. */
function crossed({ nodes, edges }: Layout): string[] {
  return edges.flatMap(({ id, from, to, points }) =>
    points.slice(1).flatMap((end, index) => {
      const start = points[index]!;
      const hit = nodes.filter(
        ({ id: node, x, y, width, height }) =>
          node !== from &&
          node !== to &&
          start.y === end.y &&
          start.y > y &&
          start.y < y + height &&
          Math.min(start.x, end.x) < x + width &&
          Math.max(start.x, end.x) > x,
      );
      return hit.map((node) => `${id} runs through ${node.id}`);
    }),
  );
}

suite('layout', () => {
  for (const hosts of [1, 20, 300]) {
    test(`${hosts} hosts, all in sight`, () => {
      const graph = new GraphScene(manyHosts(hosts)).graph();
      assert.equal(graph.nodes.filter(({ kind }) => kind === 'host').length, hosts);
      const picture = layout(graph);
      check(picture);
      assert.deepEqual(crossed(picture), []);
      assert.deepEqual(
        picture.lanes.map(({ kind }) => kind),
        ['client', 'route', 'gateway', 'host'],
      );
    });
  }

  test('300 hosts in groups fit one page, and what is wrong stays in sight', () => {
    const graph = group(new GraphScene(manyHosts(300, { unbound: [3, 200] })).graph());
    const picture = layout(graph);
    check(picture);
    assert.ok(picture.height < 500, `it is ${picture.height} pixels high`);
    const broken = picture.edges.filter(({ state }) => state === 'broken');
    assert.deepEqual(broken.map(({ to }) => to).sort(), [
      'host host-003.example.com',
      'host host-200.example.com',
    ]);
  });

  test('a picture too large for groups is as wide as one for a single host', () => {
    const width = (hosts: number): number => layout(new GraphScene(manyHosts(hosts)).graph()).width;
    assert.equal(width(40), width(1));
  });

  for (const file of ['bases.jsonl', 'mutants.jsonl']) {
    test(`every configuration of ${file}`, () => {
      for (const { files, stock = false, mesh } of trafficCases(file)) {
        const graph = new GraphScene(files, { stock, ...(mesh !== undefined && { mesh }) }).graph();
        check(layout(graph));
        check(layout(group(graph)));
      }
    });
  }

  test('nothing at all', () => {
    assert.deepEqual(layout({ nodes: [], edges: [] }), {
      width: 24,
      height: 12,
      lanes: [],
      nodes: [],
      edges: [],
    });
  });

  test('the same files give the same picture in whatever order they come', () => {
    const files = Object.entries(manyHosts(12, { unbound: [5] }));
    const forth = new GraphScene(Object.fromEntries(files));
    const back = new GraphScene(Object.fromEntries([...files].reverse()));
    assert.deepEqual(places(forth.graph()), places(back.graph()));
  });
});

/** Where everything is. */
function places(graph: Graph): unknown {
  const { nodes, edges } = layout(graph);
  const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
  return {
    nodes: nodes.map(({ id, x, y }) => ({ id, x, y })).sort(byId),
    edges: edges.map(({ id, points }) => ({ id, points })).sort(byId),
  };
}

suite('an edit elsewhere moves nothing', () => {
  const files = manyHosts(20);
  const before = places(new GraphScene(files).graph());
  const edited = files['host-007.yaml']!;

  for (const [what, text] of [
    ['a comment', `# A comment that moves every line.\n${edited}`],
    ['another name of a port', edited.replace('name: http,', 'name: web,')],
    ['a route that fails from now on', edited.replace('gateways: [mesh, egress]', 'gateways: [mesh]')],
  ] as const) {
    test(what, () => {
      const scene = new GraphScene(files);
      scene.graph();
      scene.change({ 'host-007.yaml': text });
      assert.deepEqual(places(scene.graph()), before);
    });
  }

  test('a host that goes takes only its own ids along', () => {
    const scene = new GraphScene(files);
    const ids = scene.graph().nodes.map((it) => it.id);
    scene.change({ 'host-007.yaml': '' });
    const left = scene.graph().nodes.map((it) => it.id);
    assert.deepEqual(
      ids.filter((it) => !left.includes(it)),
      ['route VirtualService shop/host-007', 'host host-007.example.com'],
    );
    assert.deepEqual(
      left.filter((it) => !ids.includes(it)),
      [],
    );
  });
});

suite('the line of an edge', () => {
  for (const [what, points, path] of [
    [
      'level',
      [
        [0, 5],
        [10, 5],
      ],
      'M0 5H10',
    ],
    [
      'up',
      [
        [0, 5],
        [10, 0],
      ],
      'M0 5C5 5 5 0 10 0',
    ],
    [
      'past a lane',
      [
        [0, 5],
        [10, 0],
        [20, 0],
      ],
      'M0 5C5 5 5 0 10 0H20',
    ],
    [
      'within a lane',
      [
        [10, 5],
        [10, 50],
      ],
      'M10 5C70 5 70 50 10 50',
    ],
    ['nowhere', [], ''],
  ] as const) {
    test(what, () => assert.equal(edgePath(points.map(([x, y]) => ({ x, y }))), path));
  }
});
