import { ageWords } from '../../mesh/age';
import { type ConsolidatedRule, destinationRule, isSelectedBy, subsetOf } from '../../mesh/destination-rules';
import { meshFacts } from '../../mesh/facts';
import { hostsOverlap, isWildcard, resolveShortName } from '../../mesh/hosts';
import { sameResource } from '../../mesh/origin';
import { isExportedTo, visibilityOf } from '../../mesh/visibility';
import { objectName } from '../../model/object-name';
import type { Resource } from '../../model/resource';
import { groupBy } from '../../text/collections';
import type { View } from '../../workspace/view';
import type { ClusterReference } from '../clusters';
import type { MeshProxy } from '../mesh-proxy';
import type { Alternative } from '../request';

type Rule = Resource<'DestinationRule'>;

/** More than a few help nobody. */
const most = 8;

/** Other DestinationRules for the host of a cluster, and why the proxy does not follow them. */
export function ruleReasons(
  view: View,
  proxy: MeshProxy,
  { hostname, subset }: Pick<ClusterReference, 'hostname' | 'subset'>,
): readonly Alternative[] {
  const service = proxy.scope.services.get(hostname);
  if (!service) {
    return [];
  }
  const chosen = destinationRule(view, proxy.namespace, service, proxy.labels);
  const found = new Map<Rule, Alternative>();
  // A gateway may have a rule for each of a thousand hosts; the one that decides has most to say.
  for (const rule of [...(chosen?.from.slice(0, 1) ?? []), ...rulesAbout(view, hostname)]) {
    const written = rule.spec.host ?? '';
    const host = resolveShortName(written, rule.namespace);
    const isPart = chosen?.from.some((it) => sameResource(it, rule)) ?? false;
    const reason = !hostsOverlap(host, hostname)
      ? whyElsewhere(written, host, hostname)
      : isPart
        ? (whyNoSubset(chosen!, rule, subset) ?? whyNotItsPolicy(chosen!, rule))
        : whyNot(view, proxy, service.namespace, { rule, host }, chosen);
    if (reason !== undefined) {
      const origin = { resource: rule, path: ['spec', 'host'] };
      found.set(rule, { origin, reason: `${objectName(rule)} ${reason}` });
    }
    if (found.size >= most) {
      break;
    }
  }
  return [...found.values()];
}

/** Rules that mean a host, or may have been meant to: their hosts begin alike, or are wildcards. */
function rulesAbout(view: View, hostname: string): readonly Rule[] {
  if (isWildcard(hostname)) {
    return view.all('DestinationRule');
  }
  const beginning = (label: string): readonly Rule[] =>
    view.lookUp(
      'traffic/rules-by-first-label',
      label,
      () => groupBy(view.all('DestinationRule'), (it) => firstLabel(it.spec.host ?? '')),
      sameResource,
    );
  return [...beginning(firstLabel(hostname)), ...beginning('*')];
}

const firstLabel = (host: string): string => host.toLowerCase().split('.', 1)[0]!;

/** A short name means a Service beside the rule, which is often not the one that was meant. */
function whyElsewhere(written: string, host: string, hostname: string): string | undefined {
  return written !== '' && host !== written && hostname.startsWith(`${written}.`)
    ? `names "${written}", which means "${host}" where it stands`
    : undefined;
}

function whyNoSubset(chosen: ConsolidatedRule, rule: Rule, subset: string | undefined): string | undefined {
  return subset !== undefined && subsetOf(chosen, subset) === undefined && sameResource(chosen.from[0], rule)
    ? `decides about this host here, and has no subset "${subset}"`
    : undefined;
}

/** Of rules that are joined, the first that has a policy keeps it. */
function whyNotItsPolicy({ trafficPolicy, from }: ConsolidatedRule, rule: Rule): string | undefined {
  const winner = from.find((it) => sameResource(it, trafficPolicy?.origin.resource as Rule | undefined));
  return winner && rule.spec.trafficPolicy && !sameResource(winner, rule)
    ? `adds its subsets, but its policy does not count: ${objectName(winner)} ${ageWords(winner, rule)}`
    : undefined;
}

function whyNot(
  view: View,
  proxy: MeshProxy,
  home: string,
  { rule, host }: { readonly rule: Rule; readonly host: string },
  chosen: ConsolidatedRule | undefined,
): string | undefined {
  const root = meshFacts(view).rootNamespace.value;
  const homes = [proxy.namespace, home, root];
  const { workloadSelector } = rule.spec;
  if (!homes.includes(rule.namespace)) {
    return `is for this host too, but only those of ${[...new Set(homes)].join(', ')} count here: the namespaces of the client and of the host, and the root namespace`;
  }
  if (workloadSelector && !isSelectedBy(workloadSelector.matchLabels ?? {}, proxy.labels)) {
    return 'is for this host too, but selects other pods';
  }
  if (!isExportedTo(visibilityOf(view, rule).exportTo, rule.namespace, proxy.namespace)) {
    return `is for this host too, but is not exported to namespace "${proxy.namespace}"`;
  }
  const [winner] = chosen?.from ?? [];
  if (!chosen || !winner) {
    return undefined;
  }
  const first = `${objectName(winner)} `;
  if (rule.namespace !== winner.namespace) {
    return `is for this host too, but ${first}is found first: the namespace of the client comes before that of the host, and the root namespace last`;
  }
  if (host !== chosen.host) {
    return `covers this host with "${host}", but ${first}is more specific with "${chosen.host}"`;
  }
  const selects = chosen.workloadSelector && !workloadSelector;
  return `is for this host too, but ${first}${selects ? 'is for just these pods' : ageWords(winner, rule)}`;
}
