import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import type { DrawnScope } from '../server/src/cli/format/drawn-scope';
import { graphDot } from '../server/src/cli/format/graph-dot';
import { graphJson } from '../server/src/cli/format/graph-json';
import { graphMermaid } from '../server/src/cli/format/graph-mermaid';
import { graphSvg } from '../server/src/cli/format/graph-svg';
import type { EdgeState, Graph } from '../server/src/engine/graph/graph';
import { manyHosts } from './support/graph-manifests';
import { runCli } from './support/run-cli';

const folder = mkdtempSync(join(tmpdir(), 'istio-egress-graph-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const [path, text] of Object.entries({
  ...manyHosts(2, { unbound: [1] }),
  'empty/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
})) {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const graph = (format: string, path = '.') => runCli(['graph', path, '--format', format], { cwd: folder });

suite('istio-egress graph', () => {
  test('for Mermaid', () => {
    const { status, out } = graph('mermaid');
    assert.equal(status, 0);
    assert.equal(
      out,
      `flowchart LR
  n0_0(["shop"])
  n0_1["shop/host-000"]
  n0_2{{"istio-system/istio-egressgateway"}}
  n0_3("host-000.example.com:80")
  n0_4["shop/host-001"]
  n0_5("host-001.example.com:80")
  n0_0 --> n0_1
  n0_1 --> n0_2
  n0_2 --> n0_3
  n0_0 --> n0_4
  n0_4 --> n0_2
  n0_2 --x|"broken"| n0_5
`,
    );
  });

  test('for Graphviz', () => {
    const { status, out } = graph('dot');
    assert.equal(status, 0);
    assert.match(out, /^digraph egress \{\n {2}rankdir=LR;/);
    assert.match(out, / {2}n0_3 \[shape=component, label="host-000\.example\.com:80"\];/);
    assert.match(out, / {2}\{ rank=same; n0_3; n0_5; \}/);
    assert.match(
      out,
      / {2}n0_2 -> n0_5 \[style=bold, label="broken", tooltip="This match never applies at \\"egress\\":/,
    );
    assert.match(out, /\n\}\n$/);
  });

  test('as a picture: every name, every state in a word, nothing from elsewhere', () => {
    const { status, out } = graph('svg');
    assert.equal(status, 0);
    for (const text of ['Clients', 'Sidecar routes', 'Gateways', 'host-000.example.com', '✕ broken']) {
      assert.ok(out.includes(text), `"${text}" is missing`);
    }
    assert.doesNotMatch(out.replace('http://www.w3.org/2000/svg', ''), /https?:|href|url\(|<script|<image/);
  });

  test('as JSON: kinds, states, reasons and places', () => {
    const { status, out } = graph('json');
    assert.equal(status, 0);
    const { nodes, edges } = JSON.parse(out);
    const host = nodes.find((it: { label: string }) => it.label === 'host-001.example.com');
    assert.deepEqual(host, {
      id: 'host host-001.example.com',
      kind: 'host',
      label: 'host-001.example.com',
      detail: '80',
      scope: host.scope,
      file: 'host-001.yaml',
      range: { start: { line: 5, character: 10 }, end: { line: 5, character: 50 } },
    });
    const broken = edges.filter((it: { state: string }) => it.state === 'broken');
    assert.equal(broken.length, 1);
    assert.match(broken[0].reason, /never applies at "egress"/);
    assert.deepEqual(
      broken[0].findings.map((it: { code: string }) => it.code),
      ['virtual-service/match-gateway-not-bound'],
    );
    assert.equal(broken[0].to, 'host host-001.example.com');
    assert.equal(broken[0].file, 'host-001.yaml');
  });

  test('of one file alone', () => {
    assert.doesNotMatch(graph('mermaid', 'host-000.yaml').out, /host-001/);
  });

  test('where nothing leaves says so beside an empty picture', () => {
    const { status, out, err } = graph('json', 'empty');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(out), { nodes: [], edges: [] });
    assert.match(err, /no request leaves the mesh/);
  });

  test('wants to know the form', () => {
    assert.equal(runCli(['graph', '.'], { cwd: folder }).status, 2);
    const { status, err } = graph('png');
    assert.equal(status, 2);
    assert.match(err, /mermaid.*svg.*dot.*json/);
  });
});

const hostile = [
  '"]; click n0_0 "javascript:alert(1)" %%',
  '<script>alert(1)</script>&amp;<!-- ]]> -->',
  '\\"; evil [URL="http://evil.example"]; \\',
  'a\nb\r\nc\tsubgraph d\u2028end',
  '\u0000\u0007\u001b[31m\uFFFF\uD800',
  '\u202eelpmaxe\u009b31m\u0085end',
  '`**bold**` $x$ #quot; {{}} || --> end',
];

/** A scope in which every text is hostile. */
function hostileScope(text: string): DrawnScope {
  const states: readonly EdgeState[] = ['ok', 'bypass', 'blocked', 'broken', 'not-evaluated'];
  const drawn: Graph = {
    nodes: [
      { id: `client ${text}`, kind: 'client', label: text, detail: text },
      ...states.map((it) => ({ id: `host ${it} ${text}`, kind: 'host' as const, label: text, detail: text })),
    ],
    edges: states.map((state) => ({
      id: `edge ${state} ${text}`,
      from: `client ${text}`,
      to: `host ${state} ${text}`,
      state,
      ...(state !== 'ok' && { reason: text }),
      requests: [text],
      findings: [],
      places: [],
    })),
  };
  return { name: text, graph: drawn, locate: () => undefined as never };
}

suite('hostile names reach no output but as text', () => {
  for (const text of hostile) {
    const scopes = [hostileScope(text), hostileScope(text)];
    const shown = JSON.stringify(text);

    test(`a terminal has nothing to obey: ${shown}`, () => {
      for (const write of [graphMermaid, graphDot, graphSvg, graphJson]) {
        assert.doesNotMatch(write(scopes), /(?![\t\n])[\p{Cc}\p{Bidi_Control}]/u, write.name);
      }
    });

    test(`Mermaid: ${shown}`, () => {
      const statement =
        /^(?:flowchart LR| {2}subgraph s\d+\["[^"]*"\]| {2}end| {2}n\d_\d(?:\(\["[^"]*"\]\)|\("[^"]*"\))| {2}n\d_\d (?:-->|-\.->|-\.-x|--x)(?:\|"[^"]*"\|)? n\d_\d)$/;
      const lines = graphMermaid(scopes).trimEnd().split('\n');
      assert.deepEqual(
        lines.filter((line) => !statement.test(line)),
        [],
      );
      assert.ok(lines.every((line) => !/[<>`$\\]/.test(line.replace(/-+\.?->/, ''))));
    });

    test(`Graphviz: ${shown}`, () => {
      const string = /"(?:[^"\\\p{Cc}]|\\["\\])*"/gu;
      const rest = graphDot(scopes).replace(string, 'TEXT');
      assert.doesNotMatch(rest, /["\\<`]|evil|alert|bold\*/);
      assert.equal(rest.split('\n').length, 2 * (3 + 6 + 1 + 5) + 5);
    });

    test(`SVG: ${shown}`, () => {
      const picture = graphSvg(scopes);
      const tags = [...picture.matchAll(/<\/?([^\s>/]+)/g)].map((it) => it[1]!);
      assert.deepEqual([...new Set(tags)].sort(), ['g', 'path', 'rect', 'style', 'svg', 'text', 'title']);
      assert.doesNotMatch(picture, /&(?!(?:amp|lt|gt|quot);)/);
      // What XML cannot hold is not there.
      assert.ok(
        [...picture].every((it) => /[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(it)),
      );
    });

    test(`JSON: ${shown}`, () => {
      const { nodes } = JSON.parse(graphJson(scopes)) as { nodes: { label: string }[] };
      assert.deepEqual([...new Set(nodes.map(({ label }) => label))], [text]);
    });
  }
});
