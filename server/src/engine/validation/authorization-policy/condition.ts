import { quoted } from '../../schema/words';
import { nearest } from '../../text/nearest';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { checkPorts } from './operation';
import { checkAccounts, checkAddresses, checkNotEmpty, checkWildcards } from './source';

const code = 'authorization-policy/condition';

const addresses = ['source.ip', 'remote.ip', 'destination.ip'];
const texts = [
  'source.namespace',
  'source.principal',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'connection.sni',
];
const others = ['source.serviceAccount', 'source.trustDomain', 'destination.port'];
const newer: { readonly [key: string]: string | undefined } = {
  'source.serviceAccount': '1.25',
  'source.trustDomain': '1.30',
};
/** What these are followed by stands in brackets. */
const maps = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.'];
const retired: readonly (readonly [start: string, hint: string])[] = [
  ['destination.namespace', 'the namespace of the policy takes its place'],
  ['destination.labels', '"selector" takes its place'],
  ['destination.name', 'it was known in v1alpha1 only'],
  ['destination.user', 'it was known in v1alpha1 only'],
];

export function checkCondition(condition: Part, report: Report): void {
  const key = condition.field('key');
  if (key.asText === '') {
    report.whole(code, key, 'a condition needs the key of an attribute');
    return;
  }
  if (condition.count('values') === 0 && condition.count('notValues') === 0) {
    report.whole(
      code,
      key,
      `a condition has to compare ${quoted(key.asText)} with something: add "values" or "notValues"`,
    );
    return;
  }
  const wrong = keyFault(key.asText);
  if (wrong !== undefined) {
    const meant = nearest(key.asText, [...addresses, ...texts, ...others]);
    report.value(code, key, wrong, { fixes: meant ? [replacement(`Use "${meant}"`, key, meant)] : [] });
    return;
  }
  const since = newer[key.asText];
  if (since !== undefined) {
    report.tooNew(code, key, `${quoted(key.asText)} is an attribute`, since);
  }
  for (const name of ['values', 'notValues']) {
    checkValues(key.asText, condition.field(name), condition.items(name), report);
  }
}

function keyFault(key: string): string | undefined {
  const map = maps.find((it) => key.startsWith(it));
  if (map) {
    const open = key.indexOf('[');
    const isRight = key.endsWith(']') && open > 0 && open < key.length - 2;
    return isRight ? undefined : `${quoted(key)} needs a name in brackets, such as "${map}[name]"`;
  }
  if ([...addresses, ...texts, ...others].includes(key)) {
    return undefined;
  }
  const gone = retired.find(
    ([start]) => key === start || (start.endsWith('labels') && key.startsWith(start)),
  );
  const meant = nearest(key, [...addresses, ...texts, ...others]);
  const hint = gone ? `: ${gone[1]}` : meant ? `; did you mean "${meant}"?` : '';
  return `${quoted(key)} is no attribute of a request${hint}`;
}

function checkValues(key: string, list: Part, values: readonly Part[], report: Report): void {
  if (addresses.includes(key)) {
    checkAddresses(values, code, report);
  } else if (key === 'destination.port') {
    checkPorts(values, code, report);
  } else if (key === 'source.serviceAccount') {
    checkAccounts(list, values, code, report);
  } else if (key === 'source.trustDomain') {
    checkWildcards(values, code, report);
  } else {
    checkNotEmpty(values, code, report);
  }
}
