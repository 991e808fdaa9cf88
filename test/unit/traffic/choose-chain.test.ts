import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { matchLength } from '../../../server/src/engine/traffic/addresses';
import { chooseChain, type Sniffed } from '../../../server/src/engine/traffic/choose-chain';
import type { FilterChain, Listener } from '../../../server/src/engine/traffic/filter-chains';

function chain(name: string, match: Partial<FilterChain['match']> = {}): FilterChain {
  return { name, match: { sniHosts: [], blocks: [], ...match }, filter: { kind: 'catch-all' }, origins: [] };
}

suite('the filter chain for a connection', () => {
  const listener: Listener = {
    name: 'test',
    chains: [
      chain('a', { sniHosts: ['a.com'] }),
      chain('wild', { sniHosts: ['*.com'] }),
      chain('deep', { sniHosts: ['*.b.com'] }),
      chain('twice', { sniHosts: ['twice.com'] }),
      chain('again', { sniHosts: ['twice.com', 'other.com'] }),
      chain('http', { plainHttp: true }),
      chain('block', { blocks: ['10.0.0.0/8'] }),
      chain('narrow', { blocks: ['10.1.0.0/16'], sniHosts: ['a.com'] }),
    ],
    fallback: chain('fallback'),
  };
  const tls = (sni: string, address?: string): Sniffed => {
    return { tls: true, http: false, sni, ...(address !== undefined && { address }) };
  };
  const plain = (http: boolean, address?: string): Sniffed => {
    return { tls: false, http, ...(address !== undefined && { address }) };
  };

  const cases: readonly [what: string, sniffed: Sniffed, expected: string][] = [
    ['a name', tls('a.com'), 'a'],
    ['a name in capitals', tls('A.com'), 'a'],
    ['a wildcard', tls('x.com'), 'wild'],
    ['the longest wildcard', tls('x.b.com'), 'deep'],
    ['a wildcard does not mean its own suffix', tls('com'), 'fallback'],
    ['a name of two chains', tls('twice.com'), 'ambiguous'],
    ['an unknown name', tls('x.org'), 'fallback'],
    ['plain HTTP', plain(true), 'http'],
    ['other plain bytes', plain(false), 'fallback'],
    ['an address in a block', plain(false, '10.9.9.9'), 'block'],
    ['the narrowest block, with the name it asks for', tls('a.com', '10.1.2.3'), 'narrow'],
    ['a step is not taken back: the wider block is not tried', tls('x.com', '10.1.2.3'), 'fallback'],
    ['an address outside of all blocks', plain(true, '11.0.0.1'), 'http'],
  ];
  for (const [what, sniffed, expected] of cases) {
    test(what, () => {
      const chosen = chooseChain(listener, sniffed);
      assert.equal(typeof chosen === 'string' ? chosen : chosen.name, expected);
    });
  }

  test('without a fallback nothing takes the rest', () => {
    assert.equal(
      chooseChain({ name: 'test', chains: [chain('a', { sniHosts: ['a.com'] })] }, tls('b.com')),
      'none',
    );
  });
});

suite('addresses in blocks', () => {
  for (const [address, block, length] of [
    ['10.1.2.3', '10.0.0.0/8', 8],
    ['10.1.2.3', '10.1.2.3', 32],
    ['11.1.2.3', '10.0.0.0/8', undefined],
    ['10.1.2.3', '0.0.0.0/0', 0],
    ['2001:db8::1', '2001:db8::/32', 32],
    ['2001:db8::1', '10.0.0.0/8', undefined],
    ['::ffff:10.0.0.1', '::/0', 0],
    ['10.1.2.3', '10.0.0.0/99', undefined],
    ['not an address', '10.0.0.0/8', undefined],
  ] as const) {
    test(`${address} in ${block}`, () => assert.equal(matchLength(address, block), length));
  }
});
