// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells are what is tested here.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isHole } from '../../../server/src/engine/source/holes';
import { isKustomizationName, readKustomization } from '../../../server/src/engine/source/kustomization';
import { readSource } from '../../../server/src/engine/source/read-source';
import { sourceForm } from '../../../server/src/engine/source/source-form';
import { span } from '../../../server/src/engine/text/span';
import { options } from './fixtures';

suite('kustomizations', () => {
  test('names', () => {
    const names = ['kustomization.yaml', 'a/kustomization.yml', 'a\\b\\Kustomization'];
    assert.deepEqual(names.filter(isKustomizationName), names);
    assert.deepEqual(
      ['my-kustomization.yaml', 'kustomization.json', 'kustomization'].filter(isKustomizationName),
      [],
    );
  });

  test('what one reaches and changes', () => {
    const text = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: prod
namePrefix: eu-
nameSuffix: -v2
resources:
- ../../base
- gateway.yaml
bases: [../legacy]
components:
- ../../components/mtls
patches:
- path: patches/hosts.yaml
  target: {kind: VirtualService}
- patch: |-
    - op: remove
      path: /spec/tls
patchesStrategicMerge:
- merge.yaml
- |-
  apiVersion: v1
  kind: Service
patchesJson6902:
- target: {kind: Gateway, name: out}
  path: ports.json
replacements:
- path: not-a-patch.yaml
`;
    assert.deepEqual(readKustomization(text), {
      resources: ['../../base', 'gateway.yaml'],
      bases: ['../legacy'],
      components: ['../../components/mtls'],
      patches: ['patches/hosts.yaml', 'merge.yaml', 'ports.json'],
      targets: [{ kind: 'VirtualService' }, { kind: 'Gateway', name: 'out' }],
      namespace: 'prod',
      namePrefix: 'eu-',
      nameSuffix: '-v2',
    });
  });

  test('what is named as changed, as far as more than metadata is', () => {
    const targets = (text: string) => readKustomization(text)?.targets;
    const patch = (text: string): string =>
      `patches:\n- target: {kind: Gateway, name: out}\n  patch: |-\n    ${text}\n`;
    const out = [{ kind: 'Gateway', name: 'out' }];
    assert.deepEqual(targets(patch('[{op: add, path: /spec/servers/0/hosts/-, value: a}]')), out);
    assert.deepEqual(targets(patch('[{op: add, path: /metadata/labels/a, value: b}]')), []);
    assert.deepEqual(targets(patch('{metadata: {labels: {a: b}}}')), []);
    assert.deepEqual(targets(patch('{spec: {selector: {a: b}}}')), out);
    assert.deepEqual(targets('patches:\n- {path: p.yaml, target: {kind: Gateway, name: out}}'), out);
    assert.deepEqual(targets('patches:\n- {path: p.yaml, target: {kind: Gateway, name: out.*}}'), [
      { kind: 'Gateway' },
    ]);
    assert.deepEqual(
      targets('patchesStrategicMerge:\n- "{kind: Gateway, metadata: {name: out}, spec: {}}"'),
      out,
    );
    const replacement = (field: string): string =>
      `replacements:\n- targets: [{select: {kind: Gateway, name: out}, fieldPaths: [${field}]}]`;
    assert.deepEqual(targets(replacement('spec.servers.0.hosts.0')), out);
    assert.deepEqual(targets(replacement('metadata.annotations.a')), []);
  });

  test('half-typed, foreign and hostile ones', () => {
    const nothing = { resources: [], bases: [], components: [], patches: [], targets: [] };
    assert.equal(readKustomization(''), undefined);
    assert.equal(readKustomization('- a\n'), undefined);
    assert.deepEqual(readKustomization('resources:\n'), nothing);
    assert.deepEqual(
      readKustomization('resources: {a: b}\npatches: [1, null, {path: 2}]\nnamespace: 5\n'),
      nothing,
    );
    assert.deepEqual(readKustomization('resources:\n- a.yaml\n- \n- b.yaml\npatch')?.resources, [
      'a.yaml',
      'b.yaml',
    ]);
    const bomb = `a: &a [x]\n${'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[index]}`).join()}]`)
      .join('\n')}\n`;
    assert.doesNotThrow(() => readKustomization(`${bomb}resources: *j\n`));
    const inline = `${bomb}spec: *j\n`.replace(/^/gm, '    ');
    assert.deepEqual(readKustomization(`patches:\n- patch: |-\n${inline}`)?.targets, []);
  });
});

test('the form of a file', () => {
  const forms: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['file:///a.yaml', undefined, 'yaml'],
    ['file:///a.YML', undefined, 'yaml'],
    ['file:///a.json', undefined, 'json'],
    ['file:///a.md', undefined, 'markdown'],
    ['file:///a.sh', undefined, 'shell'],
    ['file:///a.bash', 'plaintext', 'shell'],
    ['untitled:Untitled-1', 'yaml', 'yaml'],
    ['file:///templates/a.yaml', 'helm', 'yaml'],
    ['file:///a.txt', 'markdown', 'markdown'],
    ['file:///a.yaml', 'markdown', 'markdown'],
    ['git:/a.yaml?ref=HEAD~.sh', undefined, 'yaml'],
    ['file:///a.txt', undefined, undefined],
    ['file:///yaml', undefined, undefined],
  ];
  for (const [uri, language, expected] of forms) {
    assert.equal(sourceForm(uri, language), expected, `${uri} as ${language}`);
  }
});

suite('files that are not read', () => {
  const read = (text: string): readonly [string | undefined, number] => {
    const file = readSource('file:///a.yaml', undefined, text, { ...options, maxLength: 20_000 });
    return [file.skipped, file.entries.length];
  };

  test('too large', () => {
    assert.deepEqual(read(`a: ${'x'.repeat(20_000)}`), ['too-large', 0]);
    assert.deepEqual(read(`a: ${'x'.repeat(19_997)}`), [undefined, 1]);
  });

  test('binary', () => {
    assert.deepEqual(read('a: b\n\0'), ['binary', 0]);
    assert.deepEqual(read(`\0${'a: b\n'.repeat(99)}`), ['binary', 0]);
    assert.deepEqual(read([...'a: b\n'].join('\0')), ['binary', 0]);
    assert.deepEqual(read(`a: b\0\n${'# a comment\n'.repeat(9)}`), [undefined, 1]);
    assert.deepEqual(read(`a: ${'x'.repeat(9_000)}\0`), [undefined, 1]);
  });

  test('a version that is too large in between is forgotten', () => {
    const before = readSource('file:///a.yaml', undefined, 'a: b\n', options);
    const large = readSource('file:///a.yaml', undefined, 'a: b\n', { ...options, maxLength: 1 }, before);
    const after = readSource('file:///a.yaml', undefined, 'a: b\n', options, large);
    assert.deepEqual([large.skipped, after.entries.length], ['too-large', 1]);
  });

  test('empty and comments only', () => {
    for (const text of [
      '',
      '\n\n',
      '# a\n',
      '---\n',
      '---\n# a\n---\n...\n',
      '\uFEFF',
      '{{- /* a */ -}}\n',
    ]) {
      assert.deepEqual(read(text), [undefined, 0], JSON.stringify(text));
    }
  });
});

test('a hole is touched where it overlaps', () => {
  const [entry] = readSource('file:///a.yaml', 'yaml', 'a: ${X}${Y}\nb: 1\nc: x-${Z}\n', options).entries;
  const touched = (start: number, end: number): boolean => isHole(entry!.document, span(start, end));
  assert.deepEqual(
    entry!.document.holes.map(({ start }) => start),
    [3, 7, 22],
  );
  assert.ok(
    touched(3, 11) && touched(0, 28) && touched(5, 5) && touched(20, 26) && touched(7, 8) && touched(11, 11),
  );
  assert.ok(!touched(0, 1) && !touched(12, 16) && !touched(12, 20) && !touched(27, 28));
});
