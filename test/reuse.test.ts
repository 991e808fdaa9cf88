import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { rules } from '../server/src/engine/rules/index';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import type { Profile } from '../server/src/engine/workspace/view';
import { readMarkers } from './support/markers';
import { pageExamples } from './support/pages';

suite('what an edit costs', () => {
  for (const [kind, before, after] of [
    ['ServiceEntry', 'protocol: HTTP}', 'protocol: HTTP2}'],
    ['Gateway', 'name: http, protocol: HTTP}\n      hosts', 'name: http, protocol: HTTP2}\n      hosts'],
    ['VirtualService', 'weight: 100', 'weight: 99'],
  ] as const) {
    for (const profile of ['recommended', 'istioctl'] as const) {
      test(`a change of one ${kind} is as much work beside 200 hosts as beside 20: ${profile}`, () => {
        const [small, large] = [20, 200].map((hosts) => {
          const mesh = new Mesh(hosts, '', profile);
          return mesh.workOf(() => mesh.edit(before, after));
        });
        assert.ok(small! > 0);
        assert.equal(large, small);
      });
    }
  }

  test('a comment, another indentation and a moved document recompute nothing', () => {
    for (const [what, before, after] of [
      ['comment', 'weight: 100', 'weight: 100 # all of it'],
      ['indentation', '{host: host-7.example.com', '{ host:   host-7.example.com'],
      ['lines above', 'kind: ServiceEntry', '\n\nkind: ServiceEntry'],
    ] as const) {
      const mesh = new Mesh(20);
      mesh.catchUp();
      const work = mesh.workOf(() => {
        mesh.edit(before, after);
        mesh.catchUp();
      });
      assert.equal(work, 0, what);
    }
  });

  test('findings follow a document that moves', () => {
    const mesh = new Mesh(3, 'subset: nowhere, ');
    const before = mesh.diagnostics();
    mesh.text = `# a line above\n${mesh.text}`;
    mesh.read();
    const moved = '# a line above\n'.length;
    assert.ok(before.length > 0);
    assert.deepEqual(
      mesh.diagnostics().map((it) => it.span),
      before.map(({ span }) => ({ start: span.start + moved, end: span.end + moved })),
    );
  });

  for (const [profile, originals] of [
    ['recommended', [...folder('examples/broken'), ...folder('examples/notes-yaml', 'notes/')]],
    ['istioctl', examplesOfIstioctl()],
  ] as const) {
    test(`after any row of edits every file has the findings that a fresh start gives it: ${profile}`, () => {
      const random = generator(7);
      const files = new Map(originals);
      const engine = engineWith(files, profile);
      for (let round = 0; round < 400; round++) {
        const [path, text] = mutate(files, new Map(originals), random);
        change(engine, path, text);
        for (const uri of engine.takeTouched()) {
          engine.diagnostics(uri);
        }
        if (round % 20 === 0) {
          const fresh = engineWith(files, profile);
          assert.deepEqual(everything(engine, files), everything(fresh, files), `round ${round}`);
        }
      }
    });
  }
});

/** One file with a route through the gateway for each host. Requests are followed later, as in an editor. */
class Mesh {
  readonly engine: Engine;
  text: string;

  constructor(hosts: number, subset = '', profile: Profile = 'recommended') {
    const scope = { ...defaultSettings.scope, profile };
    this.engine = new Engine({ ...defaultSettings, scope }, rules, { defer: true });
    this.text = Array.from({ length: hosts }, (_, index) => routeOf(`host-${index}`, subset)).join('---\n');
    this.read();
    this.diagnostics();
  }

  read(): void {
    change(this.engine, 'mesh.yaml', this.text);
  }

  catchUp(): void {
    while (this.engine.catchUp(() => false) !== 'none') {
      // Until nothing is left.
    }
  }

  diagnostics() {
    this.engine.takeTouched();
    return this.engine.diagnostics('mesh.yaml');
  }

  /** Changes the document of the middle. */
  edit(before: string, after: string): void {
    const at = this.text.indexOf(before, this.text.indexOf('host-7'));
    assert.ok(at >= 0, before);
    this.text = this.text.slice(0, at) + after + this.text.slice(at + before.length);
    this.read();
    this.diagnostics();
  }

  /** How many remembered values were computed anew. */
  workOf(act: () => void): number {
    const computed = (): number =>
      [...this.engine.workspace.scopes()].reduce((sum, { scope }) => sum + scope.reactor.computed, 0);
    const before = computed();
    act();
    return computed() - before;
  }
}

function routeOf(name: string, subset: string): string {
  const host = `${name}.example.com`;
  const object = (kind: string, spec: string): string =>
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: team-${name.at(-1)}\nspec:\n${spec}`;
  return [
    object(
      'ServiceEntry',
      `  hosts: [${host}]\n  ports:\n    - {number: 80, name: http, protocol: HTTP}\n  resolution: DNS\n`,
    ),
    object(
      'Gateway',
      `  selector: {istio: egressgateway}\n  servers:\n    - port: {number: 80, name: http, protocol: HTTP}\n      hosts: [${host}]\n`,
    ),
    object(
      'VirtualService',
      [
        `  hosts: [${host}]\n  gateways: [mesh, ${name}]\n  http:\n    - match: [{gateways: [mesh], port: 80}]\n      route:\n`,
        `        - destination: {host: istio-egressgateway.istio-system.svc.cluster.local, ${subset}port: {number: 80}}\n`,
        `    - match: [{gateways: [${name}], port: 80}]\n      route:\n        - destination: {host: ${host}, port: {number: 80}}\n          weight: 100\n`,
      ].join(''),
    ),
  ].join('---\n');
}

function folder(path: string, prefix = ''): [string, string][] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => [prefix + name, readFileSync(join(path, name), 'utf8')]);
}

/** While something is typed it keeps what it last was, which a fresh start cannot know. */
function engineWith(files: ReadonlyMap<string, string>, profile: Profile): Engine {
  const scope = { ...defaultSettings.scope, profile };
  const single = profile === 'istioctl';
  const engine = new Engine({ ...defaultSettings, scope, single, keepLastGood: false });
  engine.change([...files].map(([path, text]) => ({ uri: path, path, text, languageId: 'yaml' })));
  return engine;
}

function change(engine: Engine, path: string, text: string): void {
  engine.change([{ uri: path, path, text, languageId: 'yaml' }]);
}

function everything(engine: Engine, files: ReadonlyMap<string, string>): unknown {
  return [...files.keys()].map((path) => [
    path,
    engine
      .diagnostics(path)
      .map(({ code, severity, span, message, related }) => ({ code, severity, span, message, related })),
  ]);
}

/** Takes a line out, doubles one, puts a letter somewhere, swaps two documents or empties a file and fills it again. */
function mutate(
  files: Map<string, string>,
  originals: ReadonlyMap<string, string>,
  random: (below: number) => number,
): readonly [string, string] {
  const path = [...files.keys()][random(files.size)]!;
  const text = files.get(path)!;
  const lines = text.split('\n');
  const at = random(lines.length);
  const next = [
    () => lines.filter((_, index) => index !== at),
    () => [...lines.slice(0, at + 1), ...lines.slice(at)],
    () => lines.map((line, index) => (index === at ? line.replace(/[a-z](?=[a-z]*$)/, 'x') : line)),
    () =>
      text
        .split(/^---\n/m)
        .reverse()
        .join('---\n')
        .split('\n'),
    () => (text.trim() === '' ? [originals.get(path)!] : ['']),
    () => [originals.get(path)!],
  ][random(6)]!();
  const result = next.join('\n');
  files.set(path, result);
  return [path, result];
}

/** What the pages of istioctl's messages show, as if it were one folder: there is much in it that contradicts itself. */
function examplesOfIstioctl(): [string, string][] {
  return [...pageExamples('server/src/engine/rules')]
    .filter((it) => it.rule.startsWith('istioctl/'))
    .map(({ rule, line, source }) => [`${rule}-${line}.yaml`, readMarkers(source).text]);
}

/** A small linear congruential generator: the same row each time. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
