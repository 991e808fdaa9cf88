import { quoted } from '../../schema/words';
import type { Part } from '../part';
import { headOf, type Report, removal } from '../report';
import { checkSelector } from '../shared/labels';
import { checkTargetRefs } from '../shared/target-refs';
import { checkCondition } from './condition';
import { checkOperation } from './operation';
import { checkSource } from './source';

export function checkAuthorizationPolicy(object: Part, report: Report): void {
  const spec = object.field('spec');
  checkSelector(spec, 'selector', 'matchLabels', report);
  checkTargetRefs(spec, report);
  const action = spec.text('action') || 'ALLOW';
  checkAction(spec, action, report);
  for (const rule of spec.items('rules')) {
    for (const from of rule.items('from')) {
      checkSource(from, report);
    }
    for (const to of rule.items('to')) {
      checkOperation(to, report);
    }
    for (const condition of rule.items('when')) {
      checkCondition(condition, report);
    }
    if (action === 'CUSTOM') {
      checkCustomRule(rule, report);
    } else if (action === 'DENY') {
      warnOfTcp(rule, report);
    }
  }
}

function checkAction(spec: Part, action: string, report: Report): void {
  const provider = spec.field('provider');
  const hasRules = spec.count('rules') > 0;
  if ((action === 'CUSTOM' || action === 'DENY') && !hasRules) {
    const message = `without "rules" the action ${action} is never taken: add the rule "{}" to take it for every request`;
    report.whole('authorization-policy/empty-rule', spec.field('action'), message, {
      fixes: [
        {
          title: 'Add a rule for every request',
          edits: [{ op: 'set', path: spec.field('rules').path, value: [{}] }],
        },
      ],
    });
  } else if (action === 'CUSTOM' && provider.text('name') === '') {
    const message =
      'the action CUSTOM asks somebody else, so it needs "provider" with the name of one from the mesh configuration';
    report.whole('authorization-policy/custom-action', provider.field('name'), message);
  }
  if (spec.has('provider') && action !== 'CUSTOM') {
    const message = `the action ${action} is decided by the proxy itself, so "provider" is only for CUSTOM`;
    report.whole('authorization-policy/custom-action', provider, message, {
      key: true,
      fixes: [removal('Remove "provider"', provider)],
    });
  }
}

const identities = ['namespaces', 'serviceAccounts', 'trustDomains', 'principals', 'requestPrincipals'];
const identityFields = identities.flatMap((it) => [it, `not${it[0]!.toUpperCase()}${it.slice(1)}`]);
const identityKeys = ['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal'];

function checkCustomRule(rule: Part, report: Report): void {
  const why = 'is not known when the action CUSTOM is decided';
  for (const from of rule.items('from')) {
    const source = from.field('source');
    for (const name of identityFields.filter((it) => source.count(it) > 0)) {
      report.whole('authorization-policy/custom-action', source.field(name), `"${name}" ${why}`, {
        key: true,
      });
    }
  }
  for (const condition of rule.items('when')) {
    const key = condition.field('key');
    if (identityKeys.includes(key.asText) || key.asText.startsWith('request.auth.')) {
      report.whole('authorization-policy/custom-action', key, `${quoted(key.asText)} ${why}`);
    }
  }
}

const tcpSources = ['principals', 'ipBlocks', 'namespaces', 'remoteIpBlocks', 'serviceAccounts'].flatMap(
  (it) => [it, `not${it[0]!.toUpperCase()}${it.slice(1)}`],
);

/** On a port that is not HTTP, what only HTTP knows is left out of the rule, and the rest is denied. */
function warnOfTcp(rule: Part, report: Report): void {
  const sources = rule.items('from').filter((it) => it.has('source'));
  const operations = rule.items('to').filter((it) => it.has('operation'));
  const knowsTcp =
    operations.length > 0
      ? operations.some((it) => ['ports', 'notPorts'].some((name) => it.field('operation').count(name) > 0))
      : sources.length === 0 ||
        sources.some((it) => tcpSources.some((name) => it.field('source').count(name) > 0));
  if (!knowsTcp) {
    const message =
      'ports that are not HTTP know none of these attributes, so all their connections are denied: name "ports" in "to"';
    const [at, details] = headOf(rule);
    report.warn('authorization-policy/deny-all-tcp', at, message, details);
  }
}
