import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  compareSpecificity,
  hostsOverlap,
  intersectHosts,
  isSubsetOf,
  mostSpecific,
  resolveGatewayName,
  resolveShortName,
} from '../../../server/src/engine/mesh/hosts';

suite('host names', () => {
  const pairs: readonly [a: string, b: string, overlap: boolean, aInB: boolean, bInA: boolean][] = [
    ['a.com', 'a.com', true, true, true],
    ['a.com', 'A.com', false, false, false],
    ['a.com', '*.com', true, true, false],
    ['a.b.com', '*.com', true, true, false],
    ['*.com', '*', true, true, false],
    ['*.b.com', '*.com', true, true, false],
    ['*.b.com', '*.c.com', false, false, false],
    ['com', '*.com', false, false, false],
    ['*', '*', true, true, true],
    // Comparison is by text, not by labels: everything behind the asterisk is a suffix.
    ['xa.com', '*a.com', true, true, false],
  ];
  for (const [a, b, overlap, aInB, bInA] of pairs) {
    test(`${a} and ${b}`, () => {
      assert.deepEqual(
        [hostsOverlap(a, b), hostsOverlap(b, a), isSubsetOf(a, b), isSubsetOf(b, a)],
        [overlap, overlap, aInB, bInA],
      );
    });
  }

  test('names come before wildcards, longer before shorter, then by the alphabet', () => {
    const names = ['*', '*.com', 'b.com', '*.a.com', 'a.com', 'x.a.com'];
    assert.deepEqual(names.sort(compareSpecificity), ['x.a.com', 'a.com', 'b.com', '*.a.com', '*.com', '*']);
  });

  test('the most specific wildcard over a name, and over a wildcard', () => {
    const wildcards = new Map(['*', '*.com', '*.b.com'].map((it) => [it, it]));
    const exact = new Map([['a.b.com', 'a.b.com']]);
    const best = (host: string) => mostSpecific(host, exact, wildcards)?.host;
    assert.deepEqual(['a.b.com', 'c.b.com', 'c.com', '*.b.com', '*.x.com', 'org'].map(best), [
      'a.b.com',
      '*.b.com',
      '*.com',
      '*.b.com',
      '*.com',
      '*',
    ]);
  });

  test('the intersection holds the narrower of two', () => {
    assert.deepEqual(intersectHosts(['*.com', 'a.org'], ['b.com', '*']), ['b.com', '*.com', 'a.org']);
  });
});

suite('names that are completed', () => {
  for (const [written, completed] of [
    ['gateway', 'gateway.shop.svc.cluster.local'],
    ['gateway.istio-system', 'gateway.istio-system'],
    ['gateway.istio-system.svc', 'gateway.istio-system.svc'],
    ['a.com', 'a.com'],
    ['*', '*'],
    ['10.0.0.1', '10.0.0.1'],
    ['', ''],
  ] as const) {
    test(`destination "${written}"`, () => assert.equal(resolveShortName(written, 'shop'), completed));
  }

  for (const [written, completed] of [
    ['mesh', 'mesh'],
    ['egress', 'shop/egress'],
    ['./egress', 'shop/egress'],
    ['infra/egress', 'infra/egress'],
    ['infra/mesh', 'infra/mesh'],
    ['egress.infra', 'infra/egress'],
    ['egress.infra.svc.cluster.local', 'infra/egress'],
  ] as const) {
    test(`gateway "${written}"`, () => assert.equal(resolveGatewayName(written, 'shop'), completed));
  }
});
