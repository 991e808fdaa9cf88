import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type {
  Kustomization,
  PlannedFile,
  ScopeSetting,
} from '../../server/src/engine/workspace/planned-scope';
import { planScopes } from '../../server/src/engine/workspace/scope-plan';

/** `path: identities`, one file a line. */
function files(
  text: string,
  kustomizations: { readonly [path: string]: Partial<Kustomization> } = {},
): PlannedFile[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [path = '', rest = ''] = line.trim().split(/: ?/);
      const form = path.endsWith('.md') ? 'markdown' : path.endsWith('.sh') ? 'shell' : 'yaml';
      const written = kustomizations[path];
      const kustomization = written && { resources: [], patches: [], targets: [], ...written };
      const identities = rest
        .split(',')
        .map((it) => it.trim())
        .filter(Boolean);
      return { path, form, identities, ...(kustomization && { kustomization }) };
    });
}

/** The scopes as `name: files`, sorted, which is how people would write them down. */
function scopes(given: readonly PlannedFile[], settings: readonly ScopeSetting[] = []): string[] {
  return planScopes(given, settings)
    .map((it) => `${it.name}: ${[...it.files].sort().join(' ')}`)
    .sort();
}

suite('scopes', () => {
  test('a folder is one scope', () => {
    assert.deepEqual(scopes(files('a.yaml: Gateway /a\nsub/b.yaml: Gateway /b')), [
      'workspace: a.yaml sub/b.yaml',
    ]);
  });

  test('siblings that hold the same object are apart, and so are their siblings', () => {
    const given = files(
      'dev/a.yaml: Gateway /a\nprod/a.yaml: Gateway /a\nstage/b.yaml: Gateway /b\nnotes.yaml: Gateway /n',
    );
    assert.deepEqual(scopes(given), [
      'dev: dev/a.yaml',
      'prod: prod/a.yaml',
      'stage: stage/b.yaml',
      'workspace: notes.yaml',
    ]);
    const dev = planScopes(given, []).find((it) => it.name === 'dev');
    assert.deepEqual(dev?.splitBy, { identity: 'Gateway /a', siblings: ['dev', 'prod', 'stage'] });
  });

  test('two files of one folder with the same object stay together: that is a duplicate', () => {
    assert.deepEqual(scopes(files('a.yaml: Gateway /a\nb.yaml: Gateway /a')), ['workspace: a.yaml b.yaml']);
  });

  test('a clash deep down splits only there', () => {
    const given = files('top.yaml: Gateway /t\nenv/dev/a.yaml: Gateway /a\nenv/prod/a.yaml: Gateway /a');
    assert.deepEqual(
      scopes(given),
      ['env/dev: env/dev/a.yaml', 'env/prod: env/prod/a.yaml', 'workspace: top.yaml'].sort(),
    );
  });

  test('a copy in a subfolder is apart from the folder itself', () => {
    assert.deepEqual(scopes(files('a.yaml: Gateway /a\nold/a.yaml: Gateway /a')), [
      'old: old/a.yaml',
      'workspace: a.yaml',
    ]);
  });

  test('each runbook and each script is a scope of its own', () => {
    const given = files('a.md: Gateway /a\nb.sh: Gateway /a\nc.yaml: Gateway /a');
    assert.deepEqual(scopes(given), ['a.md: a.md', 'b.sh: b.sh', 'workspace: c.yaml']);
  });

  test('an overlay reaches its bases, and a base belongs to every overlay that reaches it', () => {
    const given = files(
      'base/kustomization.yaml\nbase/gw.yaml: Gateway /a\ndev/kustomization.yaml\nprod/kustomization.yaml\nprod/patch.yaml: Gateway /a',
      {
        'base/kustomization.yaml': { resources: ['gw.yaml'] },
        'dev/kustomization.yaml': { resources: ['../base'], namespace: 'dev' },
        'prod/kustomization.yaml': { resources: ['../base'], patches: ['patch.yaml'] },
      },
    );
    assert.deepEqual(scopes(given), [
      'dev: base/gw.yaml base/kustomization.yaml dev/kustomization.yaml',
      'prod: base/gw.yaml base/kustomization.yaml prod/kustomization.yaml prod/patch.yaml',
    ]);
    const [dev, prod] = planScopes(given, []).sort((a, b) => (a.name < b.name ? -1 : 1));
    assert.deepEqual(dev?.placements?.get('base/gw.yaml'), { namespace: 'dev' });
    assert.deepEqual(prod?.patches, ['prod/patch.yaml']);
  });

  test('each kustomization on the way adds to names, and the outermost namespace counts', () => {
    const given = files(
      'base/kustomization.yaml\nbase/gw.yaml: Gateway /a\nmid/kustomization.yaml\nmid/se.yaml: ServiceEntry /b\nkustomization.yaml',
      {
        'kustomization.yaml': { resources: ['mid'], namePrefix: 'eu-' },
        'mid/kustomization.yaml': { resources: ['../base', 'se.yaml'], namespace: 'mid', nameSuffix: '-v2' },
        'base/kustomization.yaml': {
          resources: ['gw.yaml'],
          namespace: 'base',
          namePrefix: 'my-',
          nameSuffix: '-x',
        },
      },
    );
    const [{ placements } = {}] = planScopes(given, []);
    assert.deepEqual(placements?.get('base/gw.yaml'), {
      namespace: 'mid',
      namePrefix: 'eu-my-',
      nameSuffix: '-x-v2',
    });
    assert.deepEqual(placements?.get('mid/se.yaml'), {
      namespace: 'mid',
      namePrefix: 'eu-',
      nameSuffix: '-v2',
    });
  });

  test('kustomizations that reach each other end', () => {
    const given = files('a/kustomization.yaml\nb/kustomization.yaml\nc/kustomization.yaml', {
      'a/kustomization.yaml': { resources: ['../b'] },
      'b/kustomization.yaml': { resources: ['../a'] },
      'c/kustomization.yaml': { resources: ['../a'] },
    });
    assert.deepEqual(scopes(given), ['c: a/kustomization.yaml b/kustomization.yaml c/kustomization.yaml']);
  });

  test('a chart holds its templates, and a subchart its own', () => {
    const given = files(
      'app/Chart.yaml\napp/templates/gw.yaml: Gateway /a\napp/charts/sub/Chart.yaml\napp/charts/sub/templates/gw.yaml: Gateway /a',
    );
    assert.deepEqual(scopes(given), [
      'app/charts/sub: app/charts/sub/Chart.yaml app/charts/sub/templates/gw.yaml',
      'app: app/Chart.yaml app/templates/gw.yaml',
    ]);
  });

  test('what the settings say comes first', () => {
    const given = files(
      'dev/a.yaml: Gateway /a\nprod/a.yaml: Gateway /a\ncommon/b.yaml: Gateway /b\nrunbook.md: Gateway /a',
    );
    const settings = [
      { name: 'dev with common', include: ['dev/**', 'common/**'] },
      { name: 'rest', include: ['**/*.md'] },
    ];
    assert.deepEqual(scopes(given, settings), [
      'dev with common: common/b.yaml dev/a.yaml',
      'rest: runbook.md',
      'workspace: prod/a.yaml',
    ]);
  });
});
