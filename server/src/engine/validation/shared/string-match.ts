import type { Part } from '../part';
import type { Report } from '../report';
import { checkRegex } from './scalars';

const code = 'istiod/string-match';

/** Checks `{ exact | prefix | regex }`. */
export function checkStringMatch(match: Part, report: Report): void {
  const prefix = match.get('prefix');
  if (prefix && prefix.asText === '' && !match.has('exact') && !match.has('regex')) {
    report.value(code, prefix, 'an empty prefix fits everything: leave the match out, or name a beginning');
  }
  checkMatchRegex(match, report);
}

/** Checks the regular expression alone: what a path starts with may be empty. */
export function checkMatchRegex(match: Part, report: Report): void {
  const regex = match.get('regex');
  if (regex && regex.asText === '') {
    report.value(
      code,
      regex,
      'an empty expression fits nothing that is sent: write one, or leave the match out',
    );
  } else if (regex) {
    checkRegex(regex, report);
  }
}
