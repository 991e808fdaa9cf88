import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { isComplete, planRoute } from '../server/src/engine/generate/plan';
import { type RouteAction, routeActions } from '../server/src/engine/generate/route-for';
import { Renderer } from '../server/src/engine/render';
import { applyEdits } from '../server/src/engine/text/edit';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import type { Path } from '../server/src/engine/yaml/node';

const folder = 'test/fixtures/generate';

/** Writes what comes out instead of comparing it, to be looked at before it is committed. */
const update = process.env.UPDATE_FIXTURES === '1';

/** The engine with one file, and what is offered in a document of it. */
function offered(
  name: string,
  text: string,
  path: Path,
  document = 0,
): { engine: Engine; actions: readonly RouteAction[] } {
  const engine = new Engine({ ...defaultSettings, single: true });
  engine.change([{ uri: name, path: name, text }]);
  const entry = engine.file(name)!.entries[document]!;
  const [live] = engine.scopesOf(name);
  const place = { slot: entry.slot, document: entry.document, path };
  return { engine, actions: routeActions(live!.scope, place) };
}

function applied(engine: Engine, name: string, text: string, action: RouteAction): string {
  const fix = new Renderer(engine.workspace).fix({ title: action.title, changes: action.changes });
  return applyEdits(text, fix?.edits.get(name) ?? []);
}

suite('the action on a ServiceEntry', () => {
  for (const name of ['lone-entry.yaml', 'half-written.yaml', 'runbook.md', 'namespaced.sh', 'list.json']) {
    test(name, () => {
      const before = readFileSync(`${folder}/${name}`, 'utf8');
      const path = name === 'list.json' ? ['items', 0, 'metadata', 'name'] : ['metadata', 'name'];
      const { engine, actions } = offered(name, before, path);
      assert.equal(actions.length, 1);
      const after = applied(engine, name, before, actions[0]!);
      const files = actions[0]!.files.map((it) => `=== ${it.name}\n${it.text}`);
      const result = [after, ...files].join('');
      const expected = `${folder}/${name}.expected`;
      if (update) {
        writeFileSync(expected, result);
      }
      assert.equal(result, readFileSync(expected, 'utf8'));
    });
  }
});

const two = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: news, namespace: shop}
spec:
  hosts: [www.news.example.com, media.news.example.com]
  ports: [{number: 443, name: tls, protocol: TLS}]
  resolution: DNS
`;

const titles = (actions: readonly RouteAction[]): string[] => actions.map((it) => it.title);

suite('where it is offered', () => {
  test('on the document: for every host', () => {
    assert.deepEqual(titles(offered('two.yaml', two, ['kind']).actions), [
      'Generate egress route for "www.news.example.com"',
      'Generate egress route for "media.news.example.com"',
    ]);
  });

  test('on a host: for that host', () => {
    assert.deepEqual(titles(offered('two.yaml', two, ['spec', 'hosts', 1]).actions), [
      'Generate egress route for "media.news.example.com"',
    ]);
  });

  test('not where the route is finished, and for the other host still', () => {
    const first = offered('two.yaml', two, ['spec', 'hosts', 0]);
    const once = applied(first.engine, 'two.yaml', two, first.actions[0]!);
    assert.deepEqual(titles(offered('two.yaml', once, ['kind']).actions), [
      'Generate egress route for "media.news.example.com"',
    ]);
    const second = offered('two.yaml', once, ['spec', 'hosts', 1]);
    const twice = applied(second.engine, 'two.yaml', once, second.actions[0]!);
    assert.deepEqual(titles(offered('two.yaml', twice, ['kind']).actions), []);
  });

  for (const [what, document] of [
    [
      'a wildcard',
      two
        .replace('www.news.example.com, media.news.example.com', '"*.news.example.com"')
        .replace('DNS', 'NONE'),
    ],
    ['a port without host names', two.replaceAll('TLS', 'TCP').replace(', media.news.example.com', '')],
    ['another kind', two.replace('ServiceEntry', 'WorkloadGroup')],
    ['a document with errors', two.replace('resolution: DNS', 'resolution: [DNS')],
    ['an empty file', '\n'],
  ] as const) {
    test(`not on ${what}`, () => {
      const engine = new Engine({ ...defaultSettings, single: true });
      engine.change([{ uri: 'a.yaml', path: 'a.yaml', text: document }]);
      for (const { slot, document: source } of engine.file('a.yaml')!.entries) {
        const view = engine.scopesOf('a.yaml')[0]!.scope;
        assert.deepEqual(routeActions(view, { slot, document: source, path: [] }), []);
      }
    });
  }
});

suite('the examples', () => {
  for (const [file, host] of [
    ['notes/egress-notes.md', 'edition.cnn.com'],
    ['notes-script/egress.sh', 'edition.cnn.com'],
  ] as const) {
    test(`${file}: port 80 is finished, and 443 is offered`, () => {
      const text = readFileSync(`examples/${file}`, 'utf8');
      const { engine, actions } = offered(file, text, ['spec', 'hosts', 0]);
      const view = engine.scopesOf(file)[0]!.scope;
      assert.ok(isComplete(planRoute(view, { host, namespace: 'default', ports: [{ number: 80 }] })));
      assert.equal(actions.length, 1);
      const after = applied(engine, file, text, actions[0]!);
      const again = offered(file, after, ['spec', 'hosts', 0]);
      assert.deepEqual(titles(again.actions), []);
      assert.deepEqual(
        again.engine.diagnostics(file).map((it) => it.message),
        [],
      );
    });
  }
});
