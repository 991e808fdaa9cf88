import { isCidr, isIpAddress } from '../../go/ip-address';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';
import { utf8Length } from '../values/hosts';

const code = 'authorization-policy/source';
const fields = [
  'principals',
  'requestPrincipals',
  'namespaces',
  'serviceAccounts',
  'trustDomains',
  'ipBlocks',
  'remoteIpBlocks',
];
const maxAccounts = 16;
const maxAccount = 320;

export function checkSource(from: Part, report: Report): void {
  const source = from.get('source');
  const names = fields.flatMap((it) => [it, negative(it)]);
  if (!source || names.every((it) => source.count(it) === 0)) {
    const message = 'a source has to say who: name principals, namespaces or addresses, or leave "from" out';
    report.whole('authorization-policy/empty-rule', source ?? from, message, { key: source !== undefined });
    return;
  }
  for (const name of names) {
    const values = source.items(name);
    if (/ipBlocks$/i.test(name)) {
      checkAddresses(values, code, report);
    } else if (/serviceAccounts$/i.test(name)) {
      checkAccounts(source.field(name), values, code, report);
    } else if (/trustDomains$/i.test(name)) {
      checkTrustDomains(values, report);
    } else {
      checkNotEmpty(values, code, report);
    }
  }
}

function negative(name: string): string {
  return `not${name[0]!.toUpperCase()}${name.slice(1)}`;
}

type Code = Parameters<Report['value']>[0];

export function checkNotEmpty(values: readonly Part[], code: Code, report: Report): void {
  for (const value of values.filter((it) => it.asText === '')) {
    report.value(code, value, 'an empty text fits nothing: remove it, or write a value');
  }
}

export function checkAddresses(values: readonly Part[], code: Code, report: Report): void {
  for (const value of values) {
    const { asText } = value;
    if (!(asText.includes('/') ? isCidr(asText) : isIpAddress(asText))) {
      report.value(
        code,
        value,
        `${quoted(asText)} is no IP address and no range of them, such as "10.0.0.0/8"`,
      );
    }
  }
}

export function checkAccounts(list: Part, values: readonly Part[], code: Code, report: Report): void {
  if (values.length > maxAccounts) {
    report.value(
      'istiod/limit',
      list,
      `at most ${maxAccounts} accounts may be named here, not ${values.length}`,
      {
        key: true,
      },
    );
  }
  for (const value of values) {
    const { asText } = value;
    const parts = asText.split('/');
    if (asText.includes('*') || parts.length > 2 || parts.includes('')) {
      report.value(
        code,
        value,
        `${quoted(asText)} is no service account: write "account" or "namespace/account"`,
      );
    } else if (utf8Length(asText) > maxAccount) {
      report.value('istiod/limit', value, `a service account may have ${maxAccount} characters`);
    }
  }
}

function checkTrustDomains(values: readonly Part[], report: Report): void {
  checkWildcards(values, code, report);
  for (const value of values.filter((it) => it.asText.includes('/'))) {
    report.value(code, value, `${quoted(value.asText)} is no trust domain: it has no "/"`);
  }
}

export function checkWildcards(values: readonly Part[], code: Code, report: Report): void {
  checkNotEmpty(values, code, report);
  for (const value of values) {
    const stars = value.asText.split('*').length - 1;
    const isInside = stars === 1 && !value.asText.startsWith('*') && !value.asText.endsWith('*');
    if (stars > 1 || isInside) {
      report.value(code, value, `${quoted(value.asText)} may have one "*", at its start or its end`);
    }
  }
}
