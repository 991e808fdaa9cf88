import { quoted } from '../../schema/words';
import type { Part } from '../part';
import type { Report } from '../report';

const code = 'destination-rule/locality';
const topology = new Set([
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
]);

interface Context {
  /** Whether anything finds out that an endpoint is unhealthy. */
  readonly failsOver: boolean;
  readonly warns: boolean;
}

export function checkLocalitySettings(balancer: Part, report: Report, context: Context): void {
  const settings = balancer.get('localityLbSetting');
  if (!settings) {
    return;
  }
  const distribute = settings.items('distribute');
  if (distribute.length > 0 && settings.count('failover') > 0) {
    const message = '"distribute" and "failover" decide about the same requests: keep one of them';
    report.whole(code, settings.field('failover'), message, { key: true });
    return;
  }
  if (settings.count('failover') > 0) {
    const label = settings.items('failoverPriority').find((it) => topology.has(it.asText));
    if (label) {
      report.whole(
        code,
        label,
        `"failover" already orders regions, so ${quoted(label.asText)} must not be a priority too`,
      );
      return;
    }
  }
  if (!checkShares(distribute, report)) {
    return;
  }
  warnOfNoDetection(settings, report, context);
  checkFailover(settings, report);
}

export function checkZoneAwareSettings(balancer: Part, report: Report, context: Context): void {
  const settings = balancer.get('zoneAwareLbSetting');
  if (!settings) {
    return;
  }
  for (const label of settings.items('failoverPriority').filter((it) => topology.has(it.asText))) {
    report.value(
      code,
      label,
      `zones and regions are looked at anyway, so ${quoted(label.asText)} must not be a priority here`,
    );
  }
  warnOfNoDetection(settings, report, context);
  checkFailover(settings, report);
}

/** False when a share is wrong: istiod looks no further then. */
function checkShares(distribute: readonly Part[], report: Report): boolean {
  for (const share of distribute) {
    const targets = share.entries('to');
    const wrong = targets.find(([, weight]) => weight.asNumber < 1 || weight.asNumber > 100);
    if (wrong) {
      report.value(
        code,
        wrong[1],
        `a locality gets 1 to 100 per cent of the requests, not ${wrong[1].asNumber}`,
      );
      return false;
    }
    const total = targets.reduce((sum, [, weight]) => sum + weight.asNumber, 0);
    if (total !== 100) {
      report.whole(
        code,
        share.field('to'),
        `these shares add up to ${total}, and they have to be 100 in all`,
        { key: true },
      );
      return false;
    }
    checkLocalities(
      targets.map(([name, at]) => ({ name, at, key: true })),
      report,
    );
  }
  const sources = distribute.map((it) => ({ name: it.text('from'), at: it.field('from'), key: false }));
  checkLocalities(sources, report);
  return true;
}

interface Locality {
  readonly name: string;
  readonly at: Part;
  readonly key: boolean;
}

/** The first wrong one is told. Localities that overlap do so in whatever order they stand. */
function checkLocalities(localities: readonly Locality[], report: Report): void {
  const earlier: string[] = [];
  for (const { name, at, key } of localities) {
    const other = earlier.find((it) => overlaps(it, name));
    const wrong =
      formFault(name) ?? (other === undefined ? undefined : `${quoted(name)} and ${quoted(other)} overlap`);
    if (wrong !== undefined) {
      report.whole(code, at, wrong, { key });
      return;
    }
    earlier.push(name);
  }
}

function formFault(name: string): string | undefined {
  const stars = name.split('*').length - 1;
  if (stars > 1 || (stars === 1 && !name.endsWith('*'))) {
    return `${quoted(name)} may have one "*", at its end`;
  }
  return split(name).includes('')
    ? `${quoted(name)} has an empty part: write "region", "region/zone" or "region/zone/subzone"`
    : undefined;
}

function split(name: string): string[] {
  const [region = '', zone, ...rest] = name.split('/');
  return [region, ...(zone === undefined ? [] : [zone]), ...(rest.length > 0 ? [rest.join('/')] : [])];
}

/** A part that is left out, or "*", stands for all. */
function overlaps(one: string, other: string): boolean {
  const [first, second] = [split(one), split(other)];
  if (first[0] === '*') {
    return true;
  }
  for (let index = 0; index < 3; index++) {
    const [left, right] = [first[index], second[index]];
    if (left === undefined || right === undefined || (left === '*' && index > 0)) {
      return true;
    }
    if (left !== right) {
      return false;
    }
  }
  return true;
}

function warnOfNoDetection(settings: Part, report: Report, { failsOver, warns }: Context): void {
  const name = ['failover', 'failoverPriority'].find((it) => settings.count(it) > 0);
  if (name !== undefined && !failsOver) {
    const message = `"${name}" takes effect when endpoints are found unhealthy, which needs "outlierDetection" beside "loadBalancer"`;
    report.warn('destination-rule/no-outlier-detection', settings.field(name), message, {
      key: true,
      ...(!warns && { istio: undefined }),
    });
  }
}

function checkFailover(settings: Part, report: Report): void {
  for (const failover of settings.items('failover')) {
    const [from, to] = [failover.field('from'), failover.field('to')];
    if (from.asText === to.asText) {
      report.whole(
        code,
        to,
        `requests cannot fail over from ${quoted(from.asText)} to itself: name another region`,
      );
    }
    for (const side of [from, to]) {
      if (side.asText.includes('/')) {
        report.value(code, side, `${quoted(side.asText)} is more than a region: name the part before "/"`);
      } else if (side.asText.includes('*')) {
        report.value(code, side, `${quoted(side.asText)} is no region: "*" means nothing here`);
      }
    }
  }
}
