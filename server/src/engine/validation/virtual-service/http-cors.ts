import { parseDuration, second } from '../../go/duration';
import { choice, quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { checkDuration } from '../shared/scalars';
import { checkMatchRegex } from '../shared/string-match';
import { isHeaderName } from '../values/names';

const code = 'virtual-service/cors';
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', '*'];

export function checkCors(route: Part, report: Report): void {
  const policy = route.get('corsPolicy');
  if (!policy) {
    return;
  }
  for (const origin of policy.items('allowOrigins')) {
    checkOrigin(origin, report);
  }
  for (const method of policy.items('allowMethods')) {
    checkMethod(method, report);
  }
  for (const header of [...policy.items('allowHeaders'), ...policy.items('exposeHeaders')]) {
    if (header.asText !== '*' && !isHeaderName(header.asText)) {
      const what =
        header.asText === '' ? 'a header needs a name' : `${quoted(header.asText)} is no name of a header`;
      report.value('istiod/header', header, what);
    }
  }
  checkAge(policy, report);
}

function checkOrigin(origin: Part, report: Report): void {
  if (['exact', 'prefix', 'regex'].every((it) => origin.text(it) === '')) {
    report.value(
      code,
      origin,
      'an origin needs something to compare with, such as "exact: https://example.com"',
    );
  } else {
    checkMatchRegex(origin, report);
  }
}

function checkMethod(method: Part, report: Report): void {
  if (methods.includes(method.asText)) {
    if (method.asText === '*') {
      report.tooNew(code, method, '"*" stands for all methods', '1.26');
    }
    return;
  }
  const upper = method.asText.toUpperCase();
  const fixes = methods.includes(upper) ? [replacement(`Use "${upper}"`, method, upper)] : [];
  report.value(code, method, `${quoted(method.asText)} is no method: use ${choice(methods)}`, { fixes });
}

function checkAge(policy: Part, report: Report): void {
  const before = report.findings.length;
  checkDuration(policy, 'maxAge', report);
  const age = policy.field('maxAge');
  const length = parseDuration(age.asText);
  if (length !== undefined && length % second > 0n && report.findings.length === before) {
    report.value(
      code,
      age,
      `browsers count the age in seconds, so ${quoted(age.asText)} has to be whole ones`,
    );
  }
}
