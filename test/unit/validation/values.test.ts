import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hostsOverlap, isSubsetOf } from '../../../server/src/engine/model/host-names';
import { celSyntaxFault } from '../../../server/src/engine/validation/values/cel-syntax';
import { headerValueFault } from '../../../server/src/engine/validation/values/header-value';
import {
  domainFault,
  gatewayDomainFault,
  wildcardDomainFault,
} from '../../../server/src/engine/validation/values/hosts';
import { jwksFault, privateKeyAt } from '../../../server/src/engine/validation/values/jwks';
import {
  isClaimHeader,
  isLabelValue,
  labelKeyFault,
} from '../../../server/src/engine/validation/values/names';

type Fault = (text: string) => string | undefined;

function takes(fault: Fault, texts: readonly string[]): void {
  assert.deepEqual(
    texts.filter((it) => fault(it) !== undefined),
    [],
  );
}

function refuses(fault: Fault, texts: readonly string[]): void {
  assert.deepEqual(
    texts.filter((it) => fault(it) === undefined),
    [],
  );
}

const long = (length: number): string => 'a'.repeat(length);

suite('host names', () => {
  test('full ones', () => {
    takes(domainFault, ['a', 'A.b-c.com', 'a.com.', 'a.123.', `${long(63)}.com`, 'xn--bcher-kva.example']);
    refuses(domainFault, [
      '',
      '*.a.com',
      'a_b',
      '-a',
      'a-',
      'a..b',
      '.a',
      'a.123',
      `${long(64)}.com`,
      'bücher.de',
    ]);
    refuses(domainFault, [`${'a.'.repeat(128)}com`]);
  });

  test('with wildcards', () => {
    takes(wildcardDomainFault, ['*', '*.com', '*-a.com', '*a.com', '123', 'a.com']);
    refuses(wildcardDomainFault, ['a*.com', '**.com', 'a.*.com', '*.123', '*.*.com']);
  });

  test('of other clusters, at gateways', () => {
    takes(
      (it) => gatewayDomainFault(it, true),
      ['outbound_.80_._.a.com', 'outbound_.80_.v1_.a.com', '*.a.com'],
    );
    refuses(
      (it) => gatewayDomainFault(it, true),
      ['outbound_.80', 'outbound_.x_._.a.com', 'outbound_.80_._.1'],
    );
    refuses((it) => gatewayDomainFault(it, false), ['outbound_.80_._.a.com']);
  });

  test('that fit each other', () => {
    assert.ok(hostsOverlap('*.com', '*.a.com') && hostsOverlap('a.b.com', '*.com') && hostsOverlap('*', 'a'));
    assert.ok(!hostsOverlap('*.a.com', 'a.com') && !hostsOverlap('*.a.com', '*.b.com'));
    assert.ok(isSubsetOf('*.a.com', '*.com') && isSubsetOf('a.com', '*.com') && isSubsetOf('a.com', 'a.com'));
    assert.ok(!isSubsetOf('*.com', '*.a.com') && !isSubsetOf('*.com', 'a.com'));
  });
});

test('values of headers', () => {
  takes(headerValueFault, [
    '',
    'a',
    '100%%',
    '%REQ(a)%',
    'a %START_TIME% b',
    '%PER_REQUEST_STATE(a)%',
    'a\tb',
  ]);
  takes(headerValueFault, ['%UPSTREAM_METADATA(["a", "b"])%']);
  refuses(headerValueFault, [
    '%',
    '100%',
    '%A',
    '%A(',
    '%A(a',
    'a\nb',
    '\u007f',
    '%UPSTREAM_METADATA(["a" "b"])%',
  ]);
});

test('labels', () => {
  takes(labelKeyFault, ['a', 'a.b/c', 'A_b.c', `${'a.'.repeat(20)}b/c`, long(63)]);
  refuses(labelKeyFault, ['', 'a b', '-a', 'a/', '/a', 'a/b/c', long(64), `${long(254)}/a`]);
  assert.ok(isLabelValue('') && isLabelValue('a_b.c') && isLabelValue(long(100)));
  assert.ok(!isLabelValue('a b') && !isLabelValue('-a'));
});

test('claims of tokens', () => {
  assert.ok(isClaimHeader('@request.auth.claims.a') && isClaimHeader('@Request.Auth.Claims[a][b]'));
  assert.ok(!isClaimHeader('@request.auth.claims') && !isClaimHeader('request.auth.claims.a'));
});

test('keys of tokens', () => {
  const rsa = '{"kty": "RSA", "n": "a", "e": "b"}';
  takes(jwksFault, [rsa, `{"keys": [${rsa}]}`, '{"keys": []}', '{"kty": "oct", "k": "a"}']);
  refuses(jwksFault, [
    '',
    'a',
    '[]',
    '{}',
    '{"keys": {}}',
    '{"keys": [{}]}',
    '{"kty": "RSA", "n": "a"}',
    '5',
  ]);
  assert.equal(privateKeyAt(`{"keys": [${rsa}]}`), undefined);
  assert.equal(privateKeyAt(`{"keys": [${rsa}, {"kty": "OKP", "crv": "a", "x": "b", "d": "c"}]}`), 1);
});

suite('expressions of CEL', () => {
  test('are taken', () =>
    takes(celSyntaxFault, [
      'a',
      'response.code >= 400',
      '!has(a.b) || a["b c"][0].d(e, f) in [1, 2u, 0x1F, 1.5e3, .5]',
      'a ? b : c ? d : e',
      '{"a": 1, b: 2,}.a == --1',
      'Message{field: 1}.field',
      '.a.b(c).exists(x, x > 1)',
      'r\'\\d\' + """a\n"b""" + b\'c\' // comment',
      'a.?b[?0].orValue(1)',
    ]));

  test('are refused', () =>
    refuses(celSyntaxFault, [
      '',
      ' ',
      '(',
      'a ==',
      'a b',
      'a &&',
      'a & b',
      'a = b',
      'a[1',
      'a(1',
      'a.',
      'a.1x',
      'a ? b',
      '{a}',
      '"a',
      'a @ b',
      'in a',
    ]));

  test('are read in bounded depth', () => assert.ok(celSyntaxFault('('.repeat(100_000))));
});
