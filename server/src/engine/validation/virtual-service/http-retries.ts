import { quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { checkDuration } from '../shared/scalars';

const code = 'virtual-service/retries';

const conditions = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

/** Ranges of the status codes that have a name. */
const namedStatuses: readonly (readonly [number, number])[] = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
];

export function checkRetries(route: Part, report: Report): void {
  const retries = route.get('retries');
  if (!retries) {
    return;
  }
  const attempts = retries.field('attempts');
  if (attempts.asNumber < 0) {
    report.value(code, attempts, 'a request cannot be tried less than 0 times more');
  }
  const useless = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].find((it) =>
    it === 'retryOn' ? retries.text(it) !== '' : retries.has(it),
  );
  if (attempts.asNumber === 0 && useless) {
    const message = `"attempts" is 0, so nothing is tried again and "${useless}" means nothing: set "attempts", or remove it`;
    report.whole(code, retries.field(useless), message, { key: true });
  }
  checkDuration(retries, 'perTryTimeout', report);
  checkDuration(retries, 'backoff', report);
  checkConditions(retries.field('retryOn'), report);
}

function checkConditions(retryOn: Part, report: Report): void {
  if (retryOn.asText === '') {
    return;
  }
  const written = retryOn.asText.split(',');
  const wrong = written.find((it) => !conditions.includes(it) && !isNamedStatus(it));
  if (wrong === undefined) {
    return;
  }
  const meant =
    nearest(wrong.trim(), conditions) ?? (conditions.includes(wrong.trim()) ? wrong.trim() : undefined);
  const hint =
    wrong !== wrong.trim()
      ? '; no space may stand beside a comma'
      : meant
        ? `; did you mean "${meant}"?`
        : '';
  const right = written.map((it) => (it === wrong && meant ? meant : it)).join(',');
  report.value(code, retryOn, `${quoted(wrong)} is no condition for another try${hint}`, {
    fixes: meant ? [replacement(`Use "${right}"`, retryOn, right)] : [],
  });
}

function isNamedStatus(text: string): boolean {
  const status = /^[+-]?\d+$/.test(text) ? Number(text) : 0;
  return namedStatuses.some(([from, to]) => status >= from && status <= to);
}
