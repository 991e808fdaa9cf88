import {
  type ConsolidatedRule,
  destinationRule,
  destinationRules,
  subsetOf,
} from '../mesh/destination-rules';
import { effectivePolicy } from '../mesh/effective-policy';
import { meshFacts } from '../mesh/facts';
import { virtualServices } from '../mesh/virtual-services';
import type { ClientTls, DestinationRuleSpec } from '../model/specs';
import type { Piece } from './desk';
import { hostLabel } from './names';
import { fitsHop, type HopTls, withSubset } from './rule-policies';
import type { Site } from './site';

/** What sidecars of a namespace speak on the way to the gateway. */
export function hopTlsFrom(
  { view, gateway }: Site,
  client: string,
  subset: string | undefined,
  port: number,
): ClientTls | undefined {
  const rule = destinationRule(view, client, gateway.service);
  const named = subset === undefined ? undefined : subsetOf(rule, subset);
  return effectivePolicy(rule, named, port).tls?.value;
}

/** Whether the way to the gateway is right for every client without a subset. */
export function needsNoSubset(site: Site, port: number, wanted: HopTls): boolean {
  return site.clients.every((client) => fitsHop(hopTlsFrom(site, client, undefined, port), wanted));
}

/**
 * A name for the subset of this host: one that some rule already has for it, else one made of the host.
 */
export function subsetName(site: Site): string {
  const { view, host, gateway } = site;
  const label = hostLabel(host);
  const foreign = new Set(
    virtualServices(view)
      .filter((it) => !it.hosts.includes(host))
      .flatMap((it) => [...it.http, ...it.tls, ...it.tcp])
      .flatMap(({ route }) => route.route ?? [])
      .flatMap(({ destination }) => (destination?.host === gateway.host ? (destination.subset ?? []) : [])),
  );
  const words = new Set([label, ...host.split('.').slice(0, -1)]);
  const written = site.clients.flatMap(
    (client) => destinationRule(view, client, gateway.service)?.subsets ?? [],
  );
  const known = written.find((it) => words.has(it.name) && !foreign.has(it.name));
  return known?.name ?? (foreign.has(label) ? `${label}-egress` : label);
}

/**
 * Makes the subset known to every client. Istio takes the rule of the first namespace that has one for the host,
 * the client's before the gateway's, and merges nothing: so the subset goes into each rule that wins somewhere,
 * and beside the gateway where none does.
 */
export function planHopRules(site: Site, subset: string, port: number, wanted: HopTls | undefined): void {
  const done = new Set<Piece<'DestinationRule'>>();
  for (const client of site.clients) {
    const piece = pieceFor(site, client);
    if (done.has(piece)) {
      continue;
    }
    done.add(piece);
    const defined = piece.spec.subsets?.some((it) => it.name === subset);
    const tls = wanted ?? (defined ? undefined : { mode: 'plain' as const });
    if (tls) {
      const inherited = hopTlsFrom(site, client, undefined, port);
      piece.spec = withSubset(piece.spec, { name: subset, port, tls }, inherited);
    }
  }
}

function pieceFor(site: Site, client: string): Piece<'DestinationRule'> {
  const { view, desk, gateway } = site;
  const rule = destinationRule(view, client, gateway.service);
  if (rule?.host === gateway.host) {
    return desk.open(rule.from[0]!, purpose(site));
  }
  // A rule for a wildcard or for some pods that stands beside the client hides what stands beside the gateway.
  const decides = rule ?? destinationRules(view, client, gateway.service)[0];
  const hidden = decides?.from[0]?.namespace === client && client !== gateway.namespace;
  const home = hidden ? client : gateway.namespace;
  const private_ = view
    .byHost('DestinationRule', gateway.host)
    .find((it) => it.namespace === home && !it.spec.workloadSelector);
  if (private_) {
    const piece = desk.open(private_, purpose(site));
    piece.spec = { ...piece.spec, exportTo: [...(piece.spec.exportTo ?? ['.']), client] };
    return piece;
  }
  return freshRule(site, home, hidden, rule);
}

function freshRule(
  site: Site,
  home: string,
  hidden: boolean,
  before: ConsolidatedRule | undefined,
): Piece<'DestinationRule'> {
  const { desk, gateway, host } = site;
  const written = desk
    .written('DestinationRule')
    .find((it) => it.namespace === home && it.spec.host === gateway.host);
  if (written) {
    return written;
  }
  const byDefault = meshFacts(site.view).defaultDestinationRuleExportTo.value;
  // One for some pods that shows itself to the same namespaces would be merged with this one.
  const exportTo = hidden || byDefault.includes('*') ? undefined : ['*'];
  return desk.write(
    'DestinationRule',
    home,
    `${gateway.name.replace(/^istio-/, '')}-for-${hostLabel(host)}`,
    { host: gateway.host, ...(exportTo && { exportTo }), ...settingsOf(before) },
    purpose(site),
  );
}

/** What a new rule has to repeat, because it takes the place of one for many hosts. */
export function settingsOf(
  rule: ConsolidatedRule | undefined,
): Pick<DestinationRuleSpec, 'trafficPolicy' | 'subsets'> {
  const subsets = rule?.subsets.map((it) => it.subset) ?? [];
  return {
    ...(rule?.trafficPolicy && { trafficPolicy: rule.trafficPolicy.policy }),
    ...(subsets.length > 0 && { subsets }),
  };
}

function purpose({ host }: Site): string {
  return `gives "${host}" settings of its own on the way to the gateway`;
}
