import { parseGoUrl } from '../go/url';
import { quoted } from '../schema/words';
import type { Part } from './part';
import type { Report } from './report';
import { checkSelector } from './shared/labels';
import { checkDuration } from './shared/scalars';
import { checkTargetRefs } from './shared/target-refs';
import { jwksFault, privateKeyAt } from './values/jwks';

const code = 'request-authentication/jwt-rule';

export function checkRequestAuthentication(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkSelector(spec, 'selector', 'matchLabels', report);
  checkTargetRefs(spec, report);
  for (const rule of spec.items('jwtRules')) {
    checkRule(rule, report);
  }
}

function checkRule(rule: Part, report: Report): void {
  const uri = rule.get('jwksUri') ?? rule.field('jwks_uri');
  if (rule.text('issuer') === '' && uri.asText === '') {
    const message = 'a rule needs "issuer", which says whose tokens it checks, or "jwksUri"';
    report.whole(code, rule.field('issuer'), message);
  }
  const url = uri.asText === '' ? undefined : parseGoUrl(uri.asText);
  if (uri.asText !== '' && url?.scheme !== 'http' && url?.scheme !== 'https') {
    report.value(
      code,
      uri,
      `${quoted(uri.asText)} is no address of keys: write one that starts with "https://"`,
    );
  }
  for (const header of rule.items('outputClaimToHeaders').map((it) => it.field('header'))) {
    if (header.asText.includes('_')) {
      report.tooNew(code, header, `${quoted(header.asText)} is taken for the name of a header`, '1.26');
    }
  }
  checkKeys(rule.field('jwks'), report);
  checkDuration(rule, 'timeout', report);
}

function checkKeys(keys: Part, report: Report): void {
  if (keys.asText === '') {
    return;
  }
  const wrong = jwksFault(keys.asText);
  if (wrong !== undefined) {
    report.value(code, keys, `these are no keys in JSON: ${wrong}`);
    return;
  }
  const index = privateKeyAt(keys.asText);
  if (index !== undefined) {
    const message = `key ${index + 1} is a private one: tokens are checked with public keys, so take it out and replace it`;
    report.warn('request-authentication/private-key', keys, message, { since: '1.30' });
  }
}
