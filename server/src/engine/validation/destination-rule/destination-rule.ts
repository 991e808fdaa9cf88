import { isIpAddress } from '../../go/ip-address';
import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { headOf, type Report, removal } from '../report';
import { checkConnectionPool } from '../shared/connection-pool';
import { checkSubsetName } from '../shared/destination';
import { checkExportTo } from '../shared/export-to';
import { checkWildcardDomain } from '../shared/hosts';
import { checkLabels, checkSelector } from '../shared/labels';
import { checkDuration, checkPercent, checkPortNumber } from '../shared/scalars';
import { domainFault } from '../values/hosts';
import { checkClientTls } from './client-tls';
import { checkLoadBalancer } from './load-balancer';

export function checkDestinationRule(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkWildcardDomain(spec.field('host'), report);
  checkTrafficPolicy(spec, report, true);
  const names = new Set<string>();
  for (const subset of spec.items('subsets')) {
    const name = subset.field('name');
    if (names.has(name.asText)) {
      const message = `there are two subsets ${quoted(name.asText)}, and routes could mean either: give each its own name`;
      report.whole('istiod/subset-name', name, message);
    }
    names.add(name.asText);
    checkSubsetName(name, report);
    checkLabels(subset, 'labels', report);
    checkTrafficPolicy(subset, report, false);
  }
  checkExportTo(spec, report, { staysHome: spec.has('workloadSelector') });
  checkSelector(spec, 'workloadSelector', 'matchLabels', report);
}

const policyFields = [
  'outlierDetection',
  'connectionPool',
  'loadBalancer',
  'tls',
  'portLevelSettings',
  'tunnel',
  'proxyProtocol',
  'retryBudget',
];
const portPolicyFields = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];

/** `warns`: warnings about subsets and ports do not come out of istiod. */
function checkTrafficPolicy(parent: Part, report: Report, warns: boolean): void {
  const policy = parent.get('trafficPolicy');
  if (!policy) {
    return;
  }
  // An empty list is as good as none to istiod's decoder.
  if (!policyFields.some((it) => (it === 'portLevelSettings' ? policy.count(it) > 0 : policy.has(it)))) {
    report.whole(
      'destination-rule/traffic-policy',
      policy,
      '"trafficPolicy" is empty: set something, or remove it',
      {
        key: true,
        fixes: [removal('Remove "trafficPolicy"', policy)],
      },
    );
    return;
  }
  if (policy.has('tunnel') && policy.has('proxyProtocol')) {
    const message = '"tunnel" and "proxyProtocol" both wrap the connection: keep one of them';
    report.whole('destination-rule/traffic-policy', policy.field('proxyProtocol'), message, { key: true });
    return;
  }
  checkSettings(policy, report, warns);
  for (const port of policy.items('portLevelSettings')) {
    checkPortSettings(port, report);
  }
  checkTunnel(policy, report);
}

function checkSettings(policy: Part, report: Report, warns: boolean): void {
  checkOutlierDetection(policy, report, warns);
  checkConnectionPool(policy, 'connectionPool', report);
  checkLoadBalancer(policy, report, warns);
  checkClientTls(policy, report);
}

function checkPortSettings(settings: Part, report: Report): void {
  if (!settings.has('port')) {
    const [at, details] = headOf(settings);
    report.whole('destination-rule/traffic-policy', at, 'settings for a port need to say which one', details);
  }
  if (portPolicyFields.some((it) => settings.has(it))) {
    checkSettings(settings, report, false);
  } else {
    report.whole(
      'destination-rule/traffic-policy',
      settings.field('port'),
      'these settings for a port are empty: set something, or remove them',
      { key: true },
    );
  }
}

function checkOutlierDetection(policy: Part, report: Report, warns: boolean): void {
  const outlier = policy.field('outlierDetection');
  checkDuration(outlier, 'baseEjectionTime', report);
  checkDuration(outlier, 'interval', report);
  checkPercent(outlier.field('maxEjectionPercent'), report);
  checkPercent(outlier.field('minHealthPercent'), report);
  const errors = outlier.field('consecutiveErrors');
  if (errors.asNumber !== 0) {
    const message =
      '"consecutiveErrors" is deprecated: use "consecutive5xxErrors" or "consecutiveGatewayErrors"';
    report.warn('istiod/deprecated-field', errors, message, {
      key: true,
      ...(!warns && { istio: undefined }),
      fixes: [
        {
          title: 'Use "consecutive5xxErrors"',
          edits: [{ op: 'rename', path: errors.path, key: 'consecutive5xxErrors' }],
        },
      ],
    });
  }
  const local = outlier.field('consecutiveLocalOriginFailures');
  if (local.asNumber > 0 && !outlier.flag('splitExternalLocalOriginErrors')) {
    const split = outlier.field('splitExternalLocalOriginErrors');
    const message =
      '"consecutiveLocalOriginFailures" only counts with "splitExternalLocalOriginErrors: true"; otherwise it is never looked at';
    report.whole('destination-rule/traffic-policy', local, message, {
      key: true,
      fixes: [
        {
          title: 'Set "splitExternalLocalOriginErrors: true"',
          edits: [{ op: 'set', path: split.path, value: true }],
          preferred: true,
        },
      ],
    });
  }
}

function checkTunnel(policy: Part, report: Report): void {
  const tunnel = policy.get('tunnel');
  if (!tunnel) {
    return;
  }
  const code = 'destination-rule/tunnel';
  const protocol = tunnel.field('protocol');
  if (!['', 'CONNECT', 'POST'].includes(protocol.asText)) {
    report.value(
      code,
      protocol,
      `a tunnel is opened with "CONNECT" or "POST", not with ${quoted(protocol.asText)}`,
    );
  }
  const host = tunnel.field('targetHost');
  if (domainFault(host.asText) !== undefined && !isIpAddress(host.asText)) {
    const what =
      host.asText === '' ? 'a tunnel needs a target' : `${quoted(host.asText)} is no target of a tunnel`;
    report.value(code, host, `${what}: name a host, or an IP address`);
  }
  checkPortNumber(tunnel.field('targetPort'), report);
}
