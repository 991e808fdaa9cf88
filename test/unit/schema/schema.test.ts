import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { conform } from '../../../server/src/engine/schema/conform';
import { findSchema, kindSchemas, schemaAt } from '../../../server/src/engine/schema/schema';
import type { SchemaNode } from '../../../server/src/engine/schema/schema-node';

suite('lookup', () => {
  test('all fifteen kinds are there', () => {
    assert.equal(kindSchemas.size, 15);
  });

  test('every served version finds the one schema of its kind', () => {
    const versions = ['v1', 'v1beta1', 'v1alpha3'].map((it) =>
      findSchema(`networking.istio.io/${it}`, 'Gateway'),
    );
    assert.ok(versions.every((it) => it !== undefined && it === versions[0]));
    assert.equal(findSchema('gateway.networking.k8s.io/v1', 'Gateway'), undefined);
    assert.equal(findSchema('networking.istio.io/v1', 'EnvoyFilter'), undefined);
  });

  test('a path leads through lists and maps', () => {
    const port = schemaAt('ServiceEntry', ['spec', 'ports', 3, 'number']);
    assert.equal(port?.node.type, 'integer');
    assert.equal(port?.required, true);
    assert.equal(
      schemaAt('VirtualService', ['spec', 'http', 0, 'match', 0, 'headers', 'x-any', 'exact'])?.node.type,
      'string',
    );
    assert.equal(schemaAt('ServiceEntry', ['metadata', 'labels', 'app'])?.node.type, 'string');
    assert.equal(schemaAt('ServiceEntry', ['spec', 'nowhere', 'deeper']), undefined);
    assert.equal(schemaAt('ServiceEntry', ['spec', 'ports', 'number']), undefined);
  });

  test('values carry what is said of them and since when they exist', () => {
    const values = schemaAt('ServiceEntry', ['spec', 'resolution'])?.node.values;
    assert.deepEqual(
      [...(values?.keys() ?? [])],
      ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'],
    );
    assert.equal(values?.get('DYNAMIC_DNS')?.since, '1.28');
    assert.ok([...(values?.values() ?? [])].every((it) => it.text !== ''));
  });

  test('younger and deprecated fields say so', () => {
    assert.equal(schemaAt('Gateway', ['spec', 'servers', 0, 'tls', 'credentialNames'])?.since, '1.26');
    assert.equal(schemaAt('VirtualService', ['spec', 'http', 0, 'mirrorPercent'])?.deprecated, true);
    assert.equal(kindSchemas.get('TrafficExtension')?.since, '1.30');
  });

  test('the fields of a list of the traffic kinds are all documented', () => {
    const traffic = ['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'Sidecar'];
    assert.deepEqual(
      traffic.flatMap((kind) => silent(kindSchemas.get(kind)!.spec, kind)),
      [],
    );
  });
});

/** Paths of fields that nobody has said anything about. */
function silent(node: SchemaNode, path: string, seen = new Set<SchemaNode>()): string[] {
  if (seen.has(node)) {
    return [];
  }
  seen.add(node);
  const own = [...(node.fields?.values() ?? [])].flatMap(({ name, text, node: field }) => [
    ...(text === '' || text === 'Optional.' ? [`${path}.${name}`] : []),
    ...silent(field, `${path}.${name}`, seen),
  ]);
  return node.item ? [...own, ...silent(node.item, path, seen)] : own;
}

suite('conform', () => {
  test('what fits is the same object', () => {
    const spec = {
      hosts: ['a.com'],
      ports: [{ number: 80, name: 'http' }],
      endpoints: [{ labels: { a: 'b' } }],
    };
    assert.equal(conform('ServiceEntry', spec), spec);
  });

  test('what does not fit is left out, and the rest stays', () => {
    const spec = {
      hosts: ['a.com', 5, null],
      addresses: 'none',
      ports: [{ number: '80', name: 'http', colour: 'red' }, 'x', { number: 1.5 }],
      resolution: 'NO_SUCH',
      endpoints: [{ labels: { a: 'b', c: 1 } }],
    };
    assert.deepEqual(conform('ServiceEntry', spec), {
      hosts: ['a.com'],
      ports: [{ name: 'http' }, {}],
      resolution: 'NO_SUCH',
      endpoints: [{ labels: { a: 'b' } }],
    });
  });

  test('there is always a spec', () => {
    for (const nothing of [undefined, null, 5, 'x', []]) {
      assert.deepEqual(conform('Gateway', nothing), {});
    }
  });

  test('a key named after the prototype is a key like any other', () => {
    const spec = JSON.parse('{"selector": {"__proto__": "x", "a": 1}}');
    const fit = conform('Gateway', spec) as { selector: object };
    assert.deepEqual(Object.keys(fit.selector), ['__proto__']);
    assert.equal(Object.getPrototypeOf(fit.selector), Object.prototype);
  });
});
