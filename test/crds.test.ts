import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { complete } from '../server/src/engine/assist/completion';
import { hover } from '../server/src/engine/assist/hover';
import { spotAt } from '../server/src/engine/assist/spot-at';
import { Engine } from '../server/src/engine/engine';
import { defaultSettings, type WorkspaceSettings } from '../server/src/engine/workspace/settings';
import { crd, entry } from './support/crds';
import { runCli } from './support/run-cli';
import { head } from './support/structure';

const settings: WorkspaceSettings = { ...defaultSettings, single: true };

function engineFor(files: { readonly [path: string]: string }): Engine {
  const engine = new Engine(settings);
  write(engine, files);
  return engine;
}

function write(engine: Engine, files: { readonly [path: string]: string }): void {
  engine.change(Object.entries(files).map(([path, text]) => ({ uri: path, path, text })));
}

const told = (engine: Engine, path = 'entry.yaml'): readonly string[] =>
  engine
    .diagnostics(path)
    .filter((it) => it.layer === 'schema')
    .map((it) => it.code);

suite('a CustomResourceDefinition of the scope wins over what is built in', () => {
  const flavours = 'flavour: { type: string, enum: [SWEET, SOUR], description: How it tastes. }';
  // What the CRD says of `spec`, what is right by it, what is wrong, and what that is told as.
  const cases: readonly (readonly [
    what: string,
    properties: string,
    good: string,
    bad: string,
    code: string,
  ])[] = [
    ['a field of its own', flavours, 'flavour: SOUR', 'resolution: DNS', 'schema/unknown-field'],
    ['its values', flavours, 'flavour: SWEET', 'flavour: SALTY', 'schema/enum'],
    ['its types', 'a: { type: integer }', 'a: 1', 'a: x', 'schema/wrong-type'],
    ['its ranges', 'a: { type: integer, maximum: 3 }', 'a: 3', 'a: 4', 'schema/range'],
    [
      'the range of its format',
      'a: { type: integer, format: int32 }',
      'a: 3',
      'a: 3000000000',
      'schema/range',
    ],
    ['its lengths', 'a: { type: string, maxLength: 2 }', 'a: xx', 'a: xxx', 'schema/range'],
    [
      'its sizes',
      'a: { type: array, items: { type: string }, maxItems: 1 }',
      'a: [x]',
      'a: [x, z]',
      'schema/range',
    ],
    ['its patterns', "a: { type: string, pattern: '^[a-z]+$' }", 'a: x', 'a: X', 'schema/pattern'],
    [
      'what it requires',
      'a: { type: object, required: [b], properties: { b: { type: string } } }',
      'a: { b: x }',
      'a: {}',
      'schema/required',
    ],
    [
      'maps',
      'a: { type: object, additionalProperties: { type: boolean } }',
      'a: { x: true }',
      'a: { x: z }',
      'schema/wrong-type',
    ],
    [
      'numbers that may be texts',
      'a: { x-kubernetes-int-or-string: true }',
      'a: 80%',
      'a: []',
      'schema/wrong-type',
    ],
    [
      'its rules',
      'a: { type: string, x-kubernetes-validations: [{ rule: \'self != "x"\', message: x is taken }] }',
      'a: z',
      'a: x',
      'schema/rule',
    ],
    [
      'fields that exclude each other',
      'a: { type: object, properties: { b: { type: string }, c: { type: string } }, oneOf: [{ not: { anyOf: [{ required: [b] }, { required: [c] }] } }, { required: [b] }, { required: [c] }] }',
      'a: { b: x }',
      'a: { b: x, c: z }',
      'schema/one-of',
    ],
    [
      'keys of a list',
      'a: { type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b], items: { type: object, properties: { b: { type: string } } } }',
      'a: [{ b: x }, { b: z }]',
      'a: [{ b: x }, { b: x }]',
      'schema/list-type',
    ],
  ];
  for (const [what, properties, good, bad, code] of cases) {
    test(what, () => {
      assert.deepEqual(told(engineFor({ 'crd.yaml': crd(properties), 'entry.yaml': entry(good) })), []);
      assert.deepEqual(told(engineFor({ 'crd.yaml': crd(properties), 'entry.yaml': entry(bad) })), [code]);
    });
  }

  test('what it does not look at is not looked at', () => {
    for (const [properties, more] of [
      ['a: { type: object, x-kubernetes-preserve-unknown-fields: true }', 'a: { x: [1] }'],
      [
        'a: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { b: { type: string } } }',
        'a: { x: 1, b: z }',
      ],
      ['a: { type: string, nullable: true }', 'a: null'],
      ["a: { type: string, pattern: '(a+)+$' }", `a: ${'a'.repeat(60)}!`],
      [`a: { type: string, pattern: '^${'a?'.repeat(40)}${'a'.repeat(40)}$' }`, `a: ${'a'.repeat(39)}`],
      [`a: { type: string, pattern: '^${'(a|a)'.repeat(40)}$' }`, `a: ${'a'.repeat(40)}x`],
      [`a: { type: string, pattern: '${'a{0,300}'.repeat(5)}$' }`, `a: ${'a'.repeat(290)}!`],
      ["a: { type: string, pattern: '(' }", 'a: x'],
      [
        "a: { type: string, x-kubernetes-validations: [{ rule: 'self.nowhere(1)' }, { rule: '(((' }, {}] }",
        'a: x',
      ],
      ["a: { type: string, x-kubernetes-validations: [{ rule: 'self == oldSelf' }] }", 'a: x'],
    ] as const) {
      assert.deepEqual(
        told(engineFor({ 'crd.yaml': crd(properties), 'entry.yaml': entry(more) })),
        [],
        properties,
      );
    }
  });

  test('only versions that are served count', () => {
    const engine = engineFor({ 'crd.yaml': crd('', 'v1beta1 -v1'), 'entry.yaml': entry('') });
    const [found] = engine.diagnostics('entry.yaml');
    assert.equal(found?.code, 'schema/unknown-version');
    assert.match(found.message, /it is served as "networking\.istio\.io\/v1beta1"$/);
  });

  test('a kind that nobody knew is known', () => {
    const text = crd('a: { type: string }')
      .replaceAll('ServiceEntry', 'Detour')
      .replaceAll('serviceentries', 'detours');
    const detour = (more: string) => entry(more).replace('ServiceEntry', 'Detour');
    assert.deepEqual(told(engineFor({ 'entry.yaml': detour('') })), ['schema/unknown-kind']);
    assert.deepEqual(told(engineFor({ 'crd.yaml': text, 'entry.yaml': detour('a: x') })), []);
    assert.deepEqual(told(engineFor({ 'crd.yaml': text, 'entry.yaml': detour('b: x') })), [
      'schema/unknown-field',
    ]);
  });

  test('it does so for the version of the mesh too', () => {
    const engine = engineFor({
      'crd.yaml': crd('resolution: { type: string, enum: [DYNAMIC_DNS] }'),
      'entry.yaml': entry('resolution: DYNAMIC_DNS'),
    });
    engine.configure({ ...settings, scope: { ...settings.scope, targetVersion: '1.24' } });
    assert.deepEqual(told(engine), []);
  });

  test('each item of a list is judged by its own', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${entry('flavour: SOUR').trimEnd().replaceAll('\n', '\n    ')}\n  - ${entry('flavour: SALTY').trimEnd().replaceAll('\n', '\n    ')}\n`;
    assert.deepEqual(told(engineFor({ 'crd.yaml': crd(flavours), 'entry.yaml': list })), ['schema/enum']);
  });

  test('completion and hover know it', () => {
    const text = `${head('ServiceEntry')}spec:\n  hosts: [a.com]\n  flavour: SWEET\n  `;
    const engine = engineFor({ 'crd.yaml': crd(flavours), 'entry.yaml': text });
    const at = (offset: number) => spotAt(engine.workspace, 'entry.yaml', offset)!.spot;
    const labels = (offset: number) => complete(at(offset)).map((it) => it.label);
    assert.deepEqual(labels(text.length), []);
    assert.deepEqual(labels(text.indexOf('SWEET')), ['SWEET', 'SOUR']);
    assert.match(hover(at(text.indexOf('flavour')))?.markdown ?? '', /How it tastes\./);
  });

  test('completion offers the versions it serves', () => {
    const text = entry('').replace('networking.istio.io/v1', '');
    const engine = engineFor({ 'crd.yaml': crd('', 'v1beta1 -v1'), 'entry.yaml': text });
    const { spot } = spotAt(engine.workspace, 'entry.yaml', 'apiVersion: '.length)!;
    assert.deepEqual(
      complete(spot).map((it) => it.label),
      ['networking.istio.io/v1beta1'],
    );
  });

  test('a fix is tried out by it', () => {
    const engine = engineFor({ 'crd.yaml': crd(flavours), 'entry.yaml': entry('flavour: SOURR') });
    const [found] = engine.diagnostics('entry.yaml');
    const fixes = engine.prover('entry.yaml').fixes(found!.finding);
    assert.deepEqual(
      fixes.map((it) => it.title),
      ['Use "SOUR"'],
    );
  });

  test('the command line counts by it', () => {
    const id = { id: 'a', files: { 'a.yaml': entry('flavour: SOUR'), 'b.yaml': crd(flavours) } };
    const { documents } = JSON.parse(runCli(['batch'], { input: `${JSON.stringify(id)}\n` }).out);
    assert.deepEqual(
      documents.map((it: { readonly accepted: boolean }) => it.accepted),
      [true, true],
    );
  });
});

suite('a CustomResourceDefinition that says nothing', () => {
  const good = entry('resolution: DNS');
  for (const [what, text] of [
    ['is filled in later', crd('').replace('type: string', 'type: {{ .Values.type }}')],
    ['is no YAML', crd('').replace('versions:', 'versions: [')],
    ['has no schema', crd('').replace('openAPIV3Schema', 'openApi')],
    ['serves no version', crd('', '-v1')],
    ['belongs to somebody else', crd('').replaceAll('istio.io', 'example.com')],
    ['has another form', crd('').replace('apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1')],
    ['is a list where it should not be', crd('').replace(/properties: \{ hosts.*/, 'properties: [1]')],
  ] as const) {
    test(what, () => {
      const found = told(engineFor({ 'crd.yaml': text, 'entry.yaml': good }));
      assert.deepEqual(
        found,
        what.startsWith('is a list') ? ['schema/unknown-field', 'schema/unknown-field'] : [],
      );
    });
  }
});

suite('a CustomResourceDefinition that changes', () => {
  const sweet = crd('flavour: { type: string, enum: [SWEET] }');
  const sour = crd('flavour: { type: string, enum: [SOUR] }');

  test('the documents of its kind follow, and no other', () => {
    const engine = engineFor({
      'crd.yaml': sweet,
      'entry.yaml': entry('flavour: SWEET'),
      'route.yaml': `${head('VirtualService')}spec: { hosts: [a.com], http: [{ route: [{ destination: { host: a.com } }] }] }\n`,
    });
    const diagnose = () =>
      ['crd.yaml', 'entry.yaml', 'route.yaml'].forEach((it) => void engine.diagnostics(it));
    diagnose();
    engine.takeTouched();
    write(engine, { 'crd.yaml': sour });
    assert.deepEqual(told(engine), ['schema/enum']);
    const inspections = engine.workspace.inspector;
    const route = engine.file('route.yaml')!.entries[0]!.document;
    const [live] = engine.scopesOf('route.yaml');
    assert.equal(inspections.inspect(route, false, live!.scope.crds), inspections.inspect(route));
    write(engine, { 'crd.yaml': sweet });
    assert.deepEqual(told(engine), []);
  });

  test('of two for a kind the one whose file comes last counts, whichever was read first', () => {
    const files = { 'a.yaml': sour, 'b.yaml': sweet, 'entry.yaml': entry('flavour: SWEET') };
    for (const order of [Object.entries(files), Object.entries(files).toReversed()]) {
      const engine = new Engine(settings);
      order.forEach(([path, text]) => void write(engine, { [path]: text }));
      assert.deepEqual(told(engine), []);
    }
  });

  test('the answers are those of a fresh start', () => {
    const other = entry('resolution: DNS').replace('one', 'two');
    const steps: { readonly [path: string]: string }[] = [
      { 'entry.yaml': entry('flavour: SWEET') },
      { 'crd.yaml': sweet },
      { 'other.yaml': other },
      { 'crd.yaml': sour },
      { 'crd.yaml': sour.replace('versions:', 'versions: [') },
      { 'crd.yaml': `${sour}---\n${sweet}` },
      { 'entry.yaml': entry('flavour: SOUR') },
      { 'crd.yaml': sour },
      { 'crd.yaml': '' },
    ];
    const engine = new Engine({ ...settings, keepLastGood: false });
    let files = {};
    for (const step of steps) {
      files = { ...files, ...step };
      write(engine, step);
      const fresh = new Engine({ ...settings, keepLastGood: false });
      write(fresh, files);
      for (const path of Object.keys(files)) {
        const messages = (it: Engine) => it.diagnostics(path).map(({ message }) => message);
        assert.deepEqual(messages(engine), messages(fresh), `${path} after ${JSON.stringify(step)}`);
      }
    }
    engine.change([{ uri: 'crd.yaml', path: 'crd.yaml', text: undefined }]);
    assert.deepEqual(told(engine, 'other.yaml'), []);
  });
});
