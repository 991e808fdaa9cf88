import { regexFault } from '../../go/regex';
import { isNewer } from '../../schema/versions';
import { choice, quoted } from '../../schema/words';
import type { Part } from '../part';
import { type Report, replacement } from '../report';
import { checkSelector } from '../shared/labels';
import { utf8Length } from '../values/hosts';
import { checkPatchValue } from './value';

const connectionManager = 'envoy.filters.network.http_connection_manager';
const maxVersion = 1024;

export function checkEnvoyFilter(object: Part, report: Report): void {
  const spec = object.field('spec');
  report.inform(
    'envoy-filter/internal-api',
    object.field('kind'),
    "an EnvoyFilter changes what Istio has generated, which may be different in the next release: prefer Istio's own kinds where they can do it",
  );
  if (!checkSelector(spec, 'workloadSelector', 'labels', report)) {
    return;
  }
  for (const entry of spec.items('configPatches')) {
    // istiod does not look into patches for waypoints.
    if (entry.field('match').text('context') !== 'WAYPOINT') {
      checkEntry(entry, report);
    }
  }
}

function checkEntry(entry: Part, report: Report): void {
  const applyTo = entry.field('applyTo');
  const patch = entry.field('patch');
  const operation = patch.field('operation');
  const missing = [applyTo, patch, operation].find((it) => it.value === undefined || it.asText === 'INVALID');
  const code = 'envoy-filter/patch';
  if (missing) {
    const name = missing === applyTo ? 'applyTo' : missing === patch ? 'patch' : 'operation';
    report.whole(code, missing, `a patch needs "${name}"`);
    return;
  }
  if (operation.asText !== 'REMOVE' && !patch.has('value')) {
    report.whole(code, patch.field('value'), `the operation ${operation.asText} needs "value"`);
    return;
  }
  if (!checkVersion(entry, report) || !checkMatch(entry, applyTo.asText, report)) {
    return;
  }
  checkPatchValue(patch.field('value'), applyTo.asText, operation.asText, report);
}

function checkVersion(entry: Part, report: Report): boolean {
  const version = entry.field('match').field('proxy').field('proxyVersion');
  const code = 'envoy-filter/match';
  if (utf8Length(version.asText) > maxVersion && !isNewer('1.31', report.context.target)) {
    report.warn(
      code,
      version,
      `above ${maxVersion} characters, "proxyVersion" is not looked at, so the patch applies to every version`,
    );
    return true;
  }
  const wrong = regexFault(version.asText);
  if (wrong !== undefined) {
    report.value(code, version, `${quoted(version.asText)} is no regular expression of RE2: ${wrong}`);
  }
  return wrong === undefined;
}

const classes: readonly (readonly [match: string, applyTo: readonly string[]])[] = [
  ['listener', ['LISTENER', 'FILTER_CHAIN', 'NETWORK_FILTER', 'HTTP_FILTER']],
  ['routeConfiguration', ['ROUTE_CONFIGURATION', 'VIRTUAL_HOST', 'HTTP_ROUTE']],
  ['cluster', ['CLUSTER']],
];
const objectTypes = ['listener', 'routeConfiguration', 'cluster', 'waypoint'];

/** False when istiod looks no further. */
function checkMatch(entry: Part, applyTo: string, report: Report): boolean {
  const match = entry.field('match');
  const written = objectTypes.find((it) => match.has(it));
  const wanted = classes.find(([, kinds]) => kinds.includes(applyTo))?.[0];
  if (!written || !wanted) {
    return true;
  }
  if (written !== wanted) {
    const message = `a patch to ${applyTo} is matched by "${wanted}", so "${written}" cannot find it`;
    report.whole('envoy-filter/match', match.field(written), message, { key: true });
    return wanted !== 'listener';
  }
  const filter = match.field('listener').field('filterChain').get('filter');
  return !filter || checkFilter(filter, applyTo, report);
}

function checkFilter(filter: Part, applyTo: string, report: Report): boolean {
  const code = 'envoy-filter/match';
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN') {
    report.warn(code, filter, `a match of a filter changes nothing for ${applyTo}`, { key: true });
  }
  const name = filter.field('name');
  const sub = filter.get('subFilter');
  if (name.asText === '') {
    report.whole(code, name, 'a match of a filter needs its "name"');
    return false;
  }
  if (sub) {
    const wrong = subFilterFault(sub, name.asText, applyTo);
    if (wrong !== undefined) {
      report.whole(code, sub, wrong, { key: true });
      return false;
    }
    warnOfOldName(sub.field('name'), report);
  }
  warnOfOldName(name, report);
  return true;
}

function subFilterFault(sub: Part, filter: string, applyTo: string): string | undefined {
  if (applyTo !== 'HTTP_FILTER') {
    return `"subFilter" finds filters of HTTP, so it is for HTTP_FILTER, not for ${applyTo}`;
  }
  if (filter !== connectionManager && filter !== 'envoy.http_connection_manager') {
    return `filters of HTTP are inside of ${choice([connectionManager])}, so that has to be the name of the filter`;
  }
  return sub.text('name') === '' ? 'a match of a filter needs its "name"' : undefined;
}

const http = 'envoy.filters.http.';
const listener = 'envoy.filters.listener.';
const network = 'envoy.filters.network.';

/** Names that Envoy no longer uses, and what has taken their place. */
const oldNames: ReadonlyMap<string, string> = new Map([
  ...[
    'buffer',
    'cors',
    'csrf',
    'ext_authz',
    'fault',
    'grpc_http1_bridge',
    'grpc_json_transcoder',
    'grpc_web',
  ].map((it) => [`envoy.${it}`, `${http}${it}`] as const),
  ...['gzip', 'health_check', 'ip_tagging', 'lua', 'router', 'squash'].map(
    (it) => [`envoy.${it}`, `${http}${it}`] as const,
  ),
  ['envoy.http_dynamo_filter', `${http}dynamo`],
  ['envoy.rate_limit', `${http}ratelimit`],
  ...['http_inspector', 'original_dst', 'original_src', 'proxy_protocol', 'tls_inspector'].map(
    (it) => [`envoy.listener.${it}`, `${listener}${it}`] as const,
  ),
  ...[
    'client_ssl_auth',
    'http_connection_manager',
    'mongo_proxy',
    'ratelimit',
    'redis_proxy',
    'tcp_proxy',
  ].map((it) => [`envoy.${it}`, `${network}${it}`] as const),
]);

function warnOfOldName(name: Part, report: Report): void {
  const better = oldNames.get(name.asText);
  if (better) {
    report.warn(
      'envoy-filter/deprecated-name',
      name,
      `${quoted(name.asText)} is the old name of ${quoted(better)}`,
      {
        fixes: [replacement(`Use "${better}"`, name, better)],
      },
    );
  }
}
