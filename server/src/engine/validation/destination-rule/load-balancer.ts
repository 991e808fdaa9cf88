import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';
import { checkDuration } from '../shared/scalars';
import { checkLocalitySettings, checkZoneAwareSettings } from './locality';

const code = 'destination-rule/load-balancer';
const tableLimit = 5_000_011;

/** Checks `loadBalancer` of a traffic policy, whose outlier detection says which endpoints can fail over. */
export function checkLoadBalancer(policy: Part, report: Report, warns: boolean): void {
  const balancer = policy.get('loadBalancer');
  if (!balancer) {
    return;
  }
  const hash = balancer.get('consistentHash');
  if (hash) {
    checkConsistentHash(hash, report, warns);
  }
  const zones = balancer.get('zoneAwareLbSetting');
  if (zones && balancer.has('localityLbSetting')) {
    const message =
      '"localityLbSetting" and "zoneAwareLbSetting" are two ways to do the same: keep one of them';
    report.whole(code, zones, message, { key: true });
  }
  const context = { failsOver: policy.has('outlierDetection'), warns };
  checkLocalitySettings(balancer, report, context);
  checkZoneAwareSettings(balancer, report, context);
  checkWarmup(balancer, report);
}

function checkConsistentHash(hash: Part, report: Report, warns: boolean): void {
  const cookie = hash.get('httpCookie');
  if (cookie) {
    checkCookie(cookie, report);
  }
  const ring = hash.field('minimumRingSize');
  if (ring.asNumber !== 0) {
    const message = '"minimumRingSize" is deprecated: use "ringHash.minimumRingSize"';
    report.warn('istiod/deprecated-field', ring, message, { key: true, ...(!warns && { istio: undefined }) });
    const other = ['ringHash', 'maglev'].find((it) => hash.has(it));
    if (other) {
      report.whole(code, ring, `"minimumRingSize" must not stand beside "${other}", which replaces it`, {
        key: true,
      });
    }
  }
  const maglev = hash.get('maglev');
  if (maglev) {
    checkTableSize(maglev.field('tableSize'), report);
  }
}

function checkCookie(cookie: Part, report: Report): void {
  if (cookie.text('name') === '') {
    report.whole(code, cookie.field('name'), 'the cookie that requests are balanced by needs a name');
  }
  const seen = new Set<string>();
  for (const attribute of cookie.items('attributes')) {
    const name = attribute.text('name');
    if (name === '') {
      report.whole(code, attribute.field('name'), 'an attribute of a cookie needs a name');
    } else if (seen.has(name)) {
      report.whole(code, attribute.field('name'), `the cookie has two attributes ${quoted(name)}`);
    }
    seen.add(name);
  }
}

function checkTableSize(size: Part, report: Report): void {
  const { asNumber } = size;
  if (asNumber === 0) {
    report.whole(code, size, '"maglev" needs "tableSize", such as 65537');
  } else if (asNumber >= tableLimit) {
    report.value(code, size, `the table of maglev has to be smaller than ${tableLimit}`);
  } else if (!isPrime(asNumber)) {
    report.value(code, size, `the size of maglev's table has to be a prime number, and ${asNumber} is none`);
  }
}

/** As Envoy counts: 1 is taken for a prime. */
function isPrime(number: number): boolean {
  if (number < 4) {
    return number > 0;
  }
  if (number % 2 === 0) {
    return false;
  }
  for (let factor = 3; factor * factor <= number; factor += 2) {
    if (number % factor === 0) {
      return false;
    }
  }
  return true;
}

function checkWarmup(balancer: Part, report: Report): void {
  const warmup = balancer.get('warmup');
  if (!warmup) {
    return;
  }
  checkDuration(warmup, 'duration', report);
  const aggression = warmup.get('aggression');
  if (aggression && aggression.asNumber <= 0) {
    report.value(code, aggression, '"aggression" has to be greater than 0; 1 is the usual one');
  } else if (aggression && aggression.asNumber < 1) {
    report.tooNew(code, aggression, '"aggression" may be less than 1', '1.31');
  }
}
