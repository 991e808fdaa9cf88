import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseDuration } from '../../../server/src/engine/go/duration';
import { isCidr, isIpAddress } from '../../../server/src/engine/go/ip-address';
import { parseGoUrl } from '../../../server/src/engine/go/url';

const durations: readonly (readonly [text: string, nanoseconds: bigint | undefined])[] = [
  ['0', 0n],
  ['0s', 0n],
  ['1m30s', 90_000_000_000n],
  ['-1.5h', -5_400_000_000_000n],
  ['+.5s', 500_000_000n],
  ['1.s', 1_000_000_000n],
  ['3µs', 3_000n],
  ['3μs', 3_000n],
  ['0.0001ms', 100n],
  ['0.0000001ms', 0n],
  ['0.99999999999999999s', 1_000_000_000n],
  ['3.33333333333333333339h', 12_000_000_000_000n],
  ['9223372036854775807ns', 9_223_372_036_854_775_807n],
  ['-9223372036854775808ns', -9_223_372_036_854_775_808n],
  ['9223372036854775808ns', undefined],
  ['2562048h', undefined],
  ['', undefined],
  ['5', undefined],
  ['.s', undefined],
  ['1d', undefined],
  ['1S', undefined],
  ['1h ', undefined],
  ['1e3s', undefined],
  ['--1s', undefined],
];

suite('durations', () => {
  for (const [text, nanoseconds] of durations) {
    test(JSON.stringify(text), () => assert.equal(parseDuration(text), nanoseconds));
  }
});

interface UrlCase {
  readonly text: string;
  /** Scheme and port, `undefined` for what is no URL. */
  readonly plain: readonly [string, string] | undefined;
  readonly request: readonly [string, string] | undefined;
}

const urls: readonly UrlCase[] = [
  { text: 'https://a.com:443/b?c', plain: ['https', '443'], request: ['https', '443'] },
  { text: 'HTTPS://a.com', plain: ['https', ''], request: ['https', ''] },
  { text: 'a.com/b', plain: ['', ''], request: undefined },
  { text: '/b', plain: ['', ''], request: ['', ''] },
  { text: '', plain: ['', ''], request: undefined },
  { text: '*', plain: ['', ''], request: ['', ''] },
  { text: 'a:b', plain: ['a', ''], request: ['a', ''] },
  { text: ':b', plain: undefined, request: undefined },
  { text: '12:30', plain: undefined, request: undefined },
  { text: 'http://a b', plain: undefined, request: undefined },
  { text: 'http://a:80x', plain: undefined, request: undefined },
  { text: 'http://a:80:80', plain: undefined, request: undefined },
  { text: 'oci://a:80:80', plain: ['oci', '80'], request: ['oci', '80'] },
  { text: 'http://[::1]:80', plain: ['http', '80'], request: ['http', '80'] },
  { text: 'http://[::1', plain: undefined, request: undefined },
  { text: 'http://[1.2.3.4]', plain: undefined, request: undefined },
  { text: 'http://u@v@a', plain: ['http', ''], request: ['http', ''] },
  { text: 'http://u^@a', plain: undefined, request: undefined },
  { text: 'http://a%41', plain: undefined, request: undefined },
  { text: 'http://a%25', plain: ['http', ''], request: ['http', ''] },
  { text: 'http://a%c3%a9', plain: ['http', ''], request: ['http', ''] },
  { text: 'http://a/%zz', plain: undefined, request: undefined },
  { text: 'http://a/#%zz', plain: undefined, request: undefined },
  { text: 'http://a/#\t', plain: ['http', ''], request: undefined },
  { text: 'http://a/\t', plain: undefined, request: undefined },
];

suite('URLs', () => {
  for (const { text, plain, request } of urls) {
    test(JSON.stringify(text), () => {
      assert.deepEqual(schemeAndPort(text, false), plain);
      assert.deepEqual(schemeAndPort(text, true), request);
    });
  }
});

function schemeAndPort(text: string, request: boolean): readonly [string, string] | undefined {
  const url = parseGoUrl(text, request);
  return url && [url.scheme, url.port];
}

suite('addresses', () => {
  for (const good of ['1.2.3.4', '::', '::1', 'fe80::1%eth0', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8']) {
    test(`an address: ${good}`, () => assert.ok(isIpAddress(good)));
  }
  for (const bad of [
    '',
    '1.2.3',
    '01.2.3.4',
    '256.1.1.1',
    '1::2::3',
    '12345::',
    '::1%',
    '1:2:3:4:5:6:7::8',
  ]) {
    test(`none: ${bad}`, () => assert.ok(!isIpAddress(bad)));
  }
  for (const good of ['10.0.0.1/8', '::/0', '::1/128']) {
    test(`a network: ${good}`, () => assert.ok(isCidr(good)));
  }
  for (const bad of ['10.0.0.1', '10.0.0.0/33', '10.0.0.0/08', '::/129', 'fe80::1%eth0/64', '/8']) {
    test(`no network: ${bad}`, () => assert.ok(!isCidr(bad)));
  }
});
