import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Engine } from '../server/src/engine/engine';
import { edit, type Rule, rule } from '../server/src/engine/rules/rule';
import { defaultSettings } from '../server/src/engine/workspace/settings';
import type { YamlEdit } from '../server/src/engine/yaml/edit';

const entry = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: rates
spec:
  hosts:
    - rates.example.com
  ports:
    - number: 80
      name: http
      protocol: HTTP
  resolution: NONE
`;

suite('a fix is offered', () => {
  const resolution = (value: string): YamlEdit => ({ op: 'set', path: ['spec', 'resolution'], value });

  test('when the finding is gone after it', () => {
    assert.deepEqual(offered(resolution('DNS')), [{ title: 'mend', preferred: true }]);
  });

  test('but not when the finding stays', () => {
    assert.deepEqual(offered({ op: 'set', path: ['metadata', 'name'], value: 'other' }), []);
  });

  test('but not when the cluster refuses what it leaves', () => {
    assert.deepEqual(offered(resolution('NOWHERE')), []);
  });

  test('but not when a request goes elsewhere that went as configured', () => {
    const renamed: YamlEdit = { op: 'set', path: ['spec', 'hosts', 0], value: 'other.example.com' };
    assert.deepEqual(offered([resolution('DNS'), renamed]), []);
  });

  test('and nobody is urged to take it when something else is wrong then', () => {
    assert.deepEqual(offered(resolution('DNS'), resolutionDns), [{ title: 'mend', preferred: false }]);
  });
});

/** The fixes of a finding about `resolution: NONE`, which are to mend it by `change`. */
function offered(change: YamlEdit | readonly YamlEdit[], ...others: readonly Rule[]): unknown {
  const noNone = rule({
    name: 'test/none',
    layer: 'traffic',
    severity: 'error',
    summary: 'An entry without a resolution.',
    on: 'ServiceEntry',
    *check(resource) {
      if (resource.spec.resolution === 'NONE') {
        const path = ['spec', 'resolution'];
        yield {
          path,
          message: 'None',
          fixes: [edit('mend', resource, [change].flat(), { preferred: true })],
        };
      }
    },
  });
  const engine = new Engine(defaultSettings, [noNone, ...others]);
  engine.change([{ uri: 'a.yaml', path: 'a.yaml', text: entry }]);
  const prover = engine.prover('a.yaml');
  return engine
    .diagnostics('a.yaml')
    .flatMap(({ finding }) => prover.fixes(finding))
    .map(({ title, preferred }) => ({ title, preferred }));
}

const resolutionDns = rule({
  name: 'test/dns',
  layer: 'traffic',
  severity: 'warning',
  summary: 'An entry that asks the DNS.',
  on: 'ServiceEntry',
  *check(resource) {
    if (resource.spec.resolution === 'DNS') {
      yield { path: ['spec', 'resolution'], message: 'It asks the DNS' };
    }
  },
});
