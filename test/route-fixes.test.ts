import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import type { FileFix } from '../server/src/engine/diagnostic';
import { Engine } from '../server/src/engine/engine';
import { applyEdits } from '../server/src/engine/text/edit';
import { defaultSettings } from '../server/src/engine/workspace/settings';

const shapes: { readonly [folder: string]: string } = {
  'examples/notes': '.md',
  'examples/notes-script': '.sh',
  'examples/notes-yaml': '.yaml',
};

suite('a port that passes the gateway by can be sent through it', () => {
  for (const [folder, ending] of Object.entries(shapes)) {
    test(folder, () => {
      const uris = readdirSync(folder).map((name) => `${folder}/${name}`);
      const texts = new Map(
        uris.filter((it) => it.endsWith(ending)).map((it) => [it, readFileSync(it, 'utf8')]),
      );
      const engine = new Engine();
      engine.change([...texts].map(([uri, text]) => ({ uri, path: uri, text })));
      const found = [...texts.keys()].flatMap((uri) => engine.diagnostics(uri).map((it) => ({ uri, ...it })));
      assert.deepEqual(
        found.map((it) => it.code),
        ['service-entry/port-bypasses-gateway'],
      );

      const [fix, ...more] = engine.prover(found[0]!.uri).fixes(found[0]!.finding);
      assert.deepEqual([fix?.preferred, more], [false, []], 'nobody wrote that this port should pass it');
      for (const [uri, edits] of fix!.edits) {
        const fixed = applyEdits(texts.get(uri)!, edits);
        assert.ok(
          texts
            .get(uri)!
            .split('\n')
            .every((line) => fixed.includes(line)),
          'no line is lost',
        );
        engine.change([{ uri, path: uri, text: fixed }]);
      }
      assert.deepEqual(
        [...texts.keys()].flatMap((uri) => engine.diagnostics(uri)),
        [],
      );
    });
  }
});

suite('what is missing of a route can be written', () => {
  const documents = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: maps, namespace: shop}
spec:
  selector: {istio: egressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [maps.example.com]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: maps, namespace: shop}
spec:
  hosts: [maps.example.com]
  gateways: [mesh, maps]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route: [{destination: {host: istio-egressgateway.istio-system.svc.cluster.local, port: {number: 80}}}]
  - match: [{gateways: [maps], port: 80}]
    route: [{destination: {host: maps.example.com, port: {number: 80}}}]
`;
  const closed = { ...defaultSettings, scope: { ...defaultSettings.scope, closedWorld: true } };

  test('where no rule knows a smaller remedy, and nobody is urged to take it', () => {
    const engine = withFile(documents);
    const fixes = fixesOf(engine, 'virtual-service/destination-not-registered');
    assert.deepEqual(
      fixes.map(({ title, preferred }) => ({ title, preferred })),
      [{ title: 'Complete the route for "maps.example.com"', preferred: false }],
    );
    const text = applyEdits(documents, fixes[0]!.edits.get('route.yaml')!);
    assert.match(text, /kind: ServiceEntry/);
    assert.deepEqual(withFile(text).diagnostics('route.yaml'), []);
  });

  test('for no more ports than the route is for', () => {
    const anyPort = documents.replaceAll(', port: 80}]', '}]');
    const [fix] = fixesOf(withFile(anyPort), 'virtual-service/destination-not-registered');
    const text = applyEdits(anyPort, fix!.edits.get('route.yaml')!);
    assert.match(text, /number: 80\n/);
    assert.doesNotMatch(text, /443/);
  });

  test('but not while a document is refused that may be all that is missing', () => {
    const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: other, namespace: shop}
spec:
  servers: [{port: {number: 80, name: http, protocol: NOTHING}, hosts: [maps.example.com]}]
`;
    const engine = withFile(`${documents}---\n${gateway}`);
    assert.deepEqual(fixesOf(engine, 'virtual-service/destination-not-registered'), []);
  });

  test('nor where nothing but the half of the gateway says that requests were meant to pass it', () => {
    const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: maps, namespace: shop}
spec:
  hosts: [maps.example.com]
  ports: [{number: 80, name: http, protocol: HTTP}]
  resolution: DNS
---
`;
    const half = entry + documents.replace(/ {2}- match: \[\{gateways: \[mesh\].*\n.*\n/, '');
    assert.deepEqual(fixesOf(withFile(half), 'service-entry/requests-bypass-gateway'), []);
    const past = half.replace(
      '  http:\n',
      '  http:\n  - match: [{gateways: [mesh], port: 80}]\n    route: [{destination: {host: maps.example.com}}]\n',
    );
    assert.deepEqual(
      fixesOf(withFile(past), 'service-entry/requests-bypass-gateway').map((it) => it.title),
      ['Complete the route for "maps.example.com"'],
    );
  });

  function withFile(text: string): Engine {
    const engine = new Engine(closed);
    engine.change([{ uri: 'route.yaml', path: 'route.yaml', text }]);
    return engine;
  }

  function fixesOf(engine: Engine, code: string): readonly FileFix[] {
    const found = engine.diagnostics('route.yaml').find((it) => it.code === code);
    assert.ok(found);
    return engine.prover('route.yaml').fixes(found.finding);
  }
});
