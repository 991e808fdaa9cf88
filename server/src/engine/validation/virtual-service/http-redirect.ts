import { choice } from '../../schema/words';
import type { Part } from '../part';
import { type Report, removal } from '../report';
import { checkPortNumber, checkRegex } from '../shared/scalars';

/** The first fault alone is told, as istiod does: the others usually follow from it. */
export function checkRedirect(route: Part, report: Report): void {
  const redirect = route.get('redirect');
  if (redirect) {
    checkTarget(redirect, route, report);
    checkCode(redirect, report);
  }
}

const targets = ['uri', 'prefixRewrite', 'authority', 'scheme'];

function checkTarget(redirect: Part, route: Part, report: Report): void {
  const code = 'virtual-service/redirect';
  const prefix = redirect.field('prefixRewrite');
  if (redirect.text('uri') !== '' && prefix.asText !== '') {
    const message = '"uri" replaces the whole path and "prefixRewrite" its beginning: keep one of them';
    report.whole(code, prefix, message, { key: true });
  } else if (prefix.asText !== '' && route.items('match').some(matchesOtherwise)) {
    const message =
      '"prefixRewrite" replaces what a match by "prefix" has found, so every "uri" of this route has to be one';
    report.whole(code, prefix, message, { key: true });
  } else if (
    targets.every((it) => redirect.text(it) === '') &&
    !redirect.has('port') &&
    !redirect.has('derivePort')
  ) {
    const message = `a redirect needs one of ${choice([...targets, 'port', 'derivePort'])}, or it leads to where it started`;
    report.whole(code, redirect, message, { key: true });
  }
}

function matchesOtherwise(match: Part): boolean {
  const uri = match.get('uri');
  return uri !== undefined && !uri.has('prefix');
}

function checkCode(redirect: Part, report: Report): void {
  const status = redirect.field('redirectCode');
  if (status.asNumber !== 0 && (status.asNumber < 300 || status.asNumber > 399)) {
    report.value(
      'istiod/http-status',
      status,
      `${status.asNumber} is no redirect: use 301, 302, 303, 307 or 308`,
    );
  }
  const scheme = redirect.field('scheme');
  if (!['', 'http', 'https'].includes(scheme.asText)) {
    report.value('virtual-service/redirect', scheme, 'a redirect leads to "http" or "https"');
  }
  if (redirect.number('port') > 0) {
    checkPortNumber(redirect.field('port'), report);
  }
}

export function checkRewrite(route: Part, report: Report): void {
  const code = 'virtual-service/rewrite';
  const rewrite = route.get('rewrite');
  if (!rewrite) {
    return;
  }
  const regex = rewrite.get('uriRegexRewrite');
  const hasUri = rewrite.text('uri') !== '';
  if (hasUri && regex) {
    const message = '"uri" and "uriRegexRewrite" both change the path: keep one of them';
    report.whole(code, regex, message, { key: true, fixes: [removal('Remove "uriRegexRewrite"', regex)] });
  } else if (!hasUri && !regex && rewrite.text('authority') === '') {
    const message = `a rewrite needs one of ${choice(['uri', 'uriRegexRewrite', 'authority'])}, or it changes nothing`;
    report.whole(code, rewrite, message, { key: true, fixes: [removal('Remove "rewrite"', rewrite)] });
  } else if (regex) {
    const missing = ['match', 'rewrite'].find((it) => regex.text(it) === '');
    if (missing) {
      report.whole(
        code,
        regex.field(missing),
        `"uriRegexRewrite" needs "match" and "rewrite", and "${missing}" is empty`,
      );
    } else {
      checkRegex(regex.field('match'), report);
    }
  }
}
