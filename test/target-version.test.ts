import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { complete } from '../server/src/engine/assist/completion';
import { hover } from '../server/src/engine/assist/hover';
import { spotAt } from '../server/src/engine/assist/spot-at';
import { Engine } from '../server/src/engine/engine';
import { deprecations } from '../server/src/engine/rules/deprecations';
import { rules } from '../server/src/engine/rules/index';
import { ownRules } from '../server/src/engine/rules/own-rules';
import { type IstioVersion, istioVersions } from '../server/src/engine/schema/versions';
import { defaultSettings, type WorkspaceSettings } from '../server/src/engine/workspace/settings';
import type { Profile } from '../server/src/engine/workspace/view';
import { readMarkers, splitFiles } from './support/markers';
import { pageExamples } from './support/pages';
import { runCli } from './support/run-cli';
import { head } from './support/structure';

const settingsFor = (targetVersion?: IstioVersion, profile: Profile = 'recommended'): WorkspaceSettings => ({
  ...defaultSettings,
  single: true,
  keepLastGood: false,
  scope: { ...defaultSettings.scope, profile, ...(targetVersion && { targetVersion }) },
});

const engineFor = (text: string, targetVersion?: IstioVersion): Engine => {
  const engine = new Engine(settingsFor(targetVersion));
  engine.change([{ uri: 'a.yaml', path: 'a.yaml', text }]);
  return engine;
};

const codes = (engine: Engine, layer = 'schema'): string[] =>
  engine
    .diagnostics('a.yaml')
    .filter((it) => it.layer === layer)
    .map((it) => it.code);

const rule = (count: number): string =>
  `spec: { rules: [${Array.from({ length: count }, () => '{}').join(', ')}] }\n`;

suite('a mesh of some version', () => {
  // What is written, the version it is told in, and the one in which it is right.
  const cases: readonly (readonly [what: string, text: string, bad: IstioVersion, good: IstioVersion])[] = [
    [
      'a field',
      `${head('VirtualService')}spec: { hosts: [a.com], http: [{ retries: { attempts: 1, backoff: 1s }, route: [{ destination: { host: a.com } }] }] }\n`,
      '1.25',
      '1.26',
    ],
    [
      'a field whose value is null',
      `${head('Telemetry')}spec: { tracing: [{ disableContextPropagation: null }] }\n`,
      '1.29',
      '1.30',
    ],
    [
      'a field of the newest',
      `${head('VirtualService')}spec: { hosts: [a.com], http: [{ redirect: { prefixRewrite: /a } }] }\n`,
      '1.30',
      '1.31',
    ],
    [
      'a value',
      `${head('WasmPlugin')}spec: { url: "oci://a.com/b", failStrategy: FAIL_RELOAD }\n`,
      '1.26',
      '1.27',
    ],
    ['a kind', `${head('TrafficExtension')}spec: { lua: { inlineCode: a } }\n`, '1.29', '1.30'],
    [
      'the kind of a target',
      `${head('Telemetry')}spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: GatewayClass, name: a }] }\n`,
      '1.24',
      '1.25',
    ],
    ['no issuer', `${head('RequestAuthentication')}spec: { jwtRules: [{ jwks: "{}" }] }\n`, '1.26', '1.27'],
    [
      'little aggression',
      `${head('DestinationRule')}spec: { host: a.com, trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN, warmup: { duration: 1s, aggression: 0.5 } } } }\n`,
      '1.28',
      '1.29',
    ],
  ];
  for (const [what, text, bad, good] of cases) {
    test(`${what}: told before ${good}`, () => {
      assert.equal(codes(engineFor(text, bad)).length, 1);
      assert.deepEqual(codes(engineFor(text, good)), []);
      assert.deepEqual(codes(engineFor(text)), []);
    });
  }

  test('what older ones do not check is not told', () => {
    assert.deepEqual(codes(engineFor(head('AuthorizationPolicy') + rule(513), '1.24')), []);
    assert.deepEqual(codes(engineFor(head('AuthorizationPolicy') + rule(513), '1.25')), ['schema/range']);
    const bytes = `${head('VirtualService')}spec: { hosts: [a.com], http: [{ directResponse: { status: 200, body: { bytes: "?" } } }] }\n`;
    assert.deepEqual(codes(engineFor(bytes, '1.28')), []);
    assert.deepEqual(codes(engineFor(bytes, '1.29')), ['schema/pattern']);
  });

  test('fields that exclude each other are told once when one of them is too new', () => {
    const tls =
      'spec: { servers: [{ hosts: [a.com], port: { number: 443, name: a, protocol: HTTPS }, tls: { mode: SIMPLE, credentialName: a, credentialNames: [b] } }] }\n';
    assert.deepEqual(codes(engineFor(head('Gateway') + tls, '1.25')), ['schema/newer-than-mesh']);
    assert.deepEqual(codes(engineFor(head('Gateway') + tls, '1.26')), ['schema/one-of']);
  });

  test('a near miss of a newer name is not explained by it', () => {
    const text = `${head('ServiceEntry')}spec: { hosts: [a.com], resolution: DYNAMIC-DNS }\n`;
    const message = (version?: IstioVersion) => engineFor(text, version).diagnostics('a.yaml')[0]?.message;
    assert.match(message() ?? '', /did you mean "DYNAMIC_DNS"/);
    assert.doesNotMatch(message('1.27') ?? '', /DYNAMIC_DNS/);
  });

  test('another setting gives other answers, and the first one the first again', () => {
    const text = cases[0]![1];
    const engine = engineFor(text);
    const accepted = () =>
      [...engine.workspace.scopes()].flatMap(({ scope }) => scope.all('VirtualService')).length;
    for (const [version, count] of [
      ['1.25', 0],
      ['1.26', 1],
      ['1.24', 0],
      [undefined, 1],
    ] as const) {
      engine.configure(settingsFor(version));
      assert.deepEqual([version, accepted()], [version, count]);
      assert.equal(codes(engine).length, 1 - count);
      const fresh = engineFor(text, version).diagnostics('a.yaml');
      assert.deepEqual(
        engine.diagnostics('a.yaml').map((it) => it.message),
        fresh.map((it) => it.message),
      );
    }
  });
});

suite('istioctl of some version', () => {
  const shown = (text: string, profile: Profile, version?: IstioVersion): (string | undefined)[] => {
    const engine = new Engine(settingsFor(version, profile));
    const files = [...splitFiles(text)].map(([path, it]) => ({
      uri: path,
      path,
      text: readMarkers(it).text,
    }));
    engine.change(files);
    return files.flatMap(({ uri }) => engine.diagnostics(uri).map((it) => it.istio));
  };
  for (const [code, last] of [
    ['IST0175', '1.27'],
    ['IST0176', '1.29'],
    ['IST0177', '1.30'],
  ] as const) {
    const definition = rules.find((it) => it.istio === code);
    const example = [...pageExamples('server/src/engine/rules')].find(
      (it) => it.rule === definition?.name && readMarkers(it.source).expected.length > 0,
    );
    test(`has no ${code} in ${last}`, () => {
      const next = istioVersions[istioVersions.indexOf(last) - 1]!;
      assert.ok(example);
      assert.ok(shown(example.source, 'istioctl', next).includes(code));
      assert.ok(!shown(example.source, 'istioctl', last).includes(code));
      assert.ok(!shown(example.source, 'recommended', last).includes(code));
    });
  }
});

suite('help in a mesh of some version', () => {
  const text = `${head('ServiceEntry')}spec:\n  hosts: [a.com]\n  resolution: DYNAMIC_DNS\n`;
  const labels = (before: string, version?: IstioVersion): string[] => {
    const located = spotAt(engineFor(before, version).workspace, 'a.yaml', before.length);
    return located ? complete(located.spot).map((it) => it.label) : [];
  };
  const told = (version?: IstioVersion): string => {
    const located = spotAt(engineFor(text, version).workspace, 'a.yaml', text.indexOf('DYNAMIC') + 2);
    return (located && hover(located.spot)?.markdown) ?? '';
  };

  test('completion offers what the mesh knows', () => {
    const resolution = `${head('ServiceEntry')}spec:\n  hosts: [a.com]\n  resolution: `;
    assert.ok(labels(resolution).includes('DYNAMIC_DNS'));
    assert.ok(!labels(resolution, '1.27').includes('DYNAMIC_DNS'));
    assert.ok(labels(resolution, '1.27').includes('DNS'));
    const retries = `${head('VirtualService')}spec:\n  http:\n    - retries:\n        attempts: 1\n        `;
    assert.ok(labels(retries, '1.26').includes('backoff'));
    assert.ok(!labels(retries, '1.25').includes('backoff'));
    const kind = 'apiVersion: extensions.istio.io/v1alpha1\nkind: ';
    assert.deepEqual(labels(kind, '1.29'), ['WasmPlugin']);
    assert.ok(labels(kind).includes('TrafficExtension'));
  });

  test('hovers say that the mesh is too old', () => {
    assert.match(told('1.27'), /Since Istio 1\.28\. This mesh has 1\.27/);
    assert.doesNotMatch(told('1.28'), /This mesh/);
    assert.doesNotMatch(told(), /This mesh/);
  });
});

suite('--target-version', () => {
  const text = `${head('TrafficExtension')}spec: { lua: { inlineCode: a } }\n`;

  test('counts for check and batch', () => {
    for (const [args, status] of [
      [[], 0],
      [['--target-version', '1.29'], 1],
      [['--target-version', 'newest'], 0],
    ] as const) {
      assert.equal(runCli(['check', ...args, '-'], { input: text }).status, status);
    }
    const line = `${JSON.stringify({ id: 'a', files: { 'a.yaml': text } })}\n`;
    const documents = (...args: string[]) =>
      JSON.parse(runCli(['batch', ...args], { input: line }).out).documents;
    assert.equal(documents('--target-version', '1.29')[0].rejectedBy, 'apiserver');
    assert.equal(documents()[0].accepted, true);
  });

  test('takes versions it knows', () => {
    const { status, err } = runCli(['check', '--target-version', '1.12', '-'], { input: text });
    assert.equal(status, 2);
    assert.match(err, /--target-version takes newest, 1\.31, .*1\.24, not "1\.12"/);
  });
});

test('what is struck out is said by rules that are there', () => {
  const names = [...rules, ...ownRules].map((it) => it.name);
  assert.deepEqual(
    [...deprecations].filter((it) => !names.includes(it)),
    [],
  );
});
