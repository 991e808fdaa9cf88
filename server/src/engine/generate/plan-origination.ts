import { type ConsolidatedRule, destinationRule, subsetOf } from '../mesh/destination-rules';
import { effectivePolicy } from '../mesh/effective-policy';
import { meshFacts } from '../mesh/facts';
import type { ClientTls } from '../model/specs';
import type { Piece } from './desk';
import { hostLabel } from './names';
import { settingsOf } from './plan-hop-rules';
import { originates, withOrigination } from './rule-policies';
import type { Site } from './site';
import { securePort } from './wish';

/** The name of the subset that keeps what clients have encrypted themselves from being encrypted again. */
const asItComes = 'as-it-comes';

function ruleFrom({ view, host, entryNamespace }: Site, namespace: string): ConsolidatedRule | undefined {
  return destinationRule(view, namespace, { hostname: host, namespace: entryNamespace });
}

/** What a proxy of `namespace` speaks towards the host. */
export function upstreamTlsFrom(
  site: Site,
  namespace: string,
  port: number,
  subset?: string,
): ClientTls | undefined {
  const rule = ruleFrom(site, namespace);
  return effectivePolicy(rule, subset === undefined ? undefined : subsetOf(rule, subset), port).tls?.value;
}

/** Sees to it that the gateway encrypts what it sends to the host's `port`. */
export function planGatewayOrigination(site: Site, port: number, subset: string | undefined): void {
  const home = site.gateway.service.namespace;
  if (!originates(upstreamTlsFrom(site, home, port, subset))) {
    const piece = gatewayRule(site);
    piece.spec = withOrigination(piece.spec, site.host, port);
  }
  planDefined(site, subset);
}

/** Defines a subset that the gateway's route names and its rule does not have. */
export function planDefined(site: Site, subset: string | undefined): void {
  const rule = ruleFrom(site, site.gateway.service.namespace);
  if (subset !== undefined && !subsetOf(rule, subset)) {
    const piece = gatewayRule(site);
    const subsets = piece.spec.subsets ?? [];
    const known = subsets.some((it) => it.name === subset);
    piece.spec = known ? piece.spec : { ...piece.spec, subsets: [...subsets, { name: subset }] };
  }
}

/**
 * The subset through which the gateway passes on what clients encrypted themselves. It is needed only where the
 * gateway would encrypt it once more, because the same port of the host is used for both.
 */
export function planUntouched(
  site: Site,
  port: number,
  subset: string | undefined,
  alsoEncrypted: boolean,
): string | undefined {
  const rule = ruleFrom(site, site.gateway.service.namespace);
  const defined = subset !== undefined && subsetOf(rule, subset) !== undefined;
  const twice = originates(
    effectivePolicy(rule, defined ? subsetOf(rule, subset) : undefined, port).tls?.value,
  );
  if (!twice && (defined || !alsoEncrypted)) {
    planDefined(site, subset);
    return undefined;
  }
  const piece = gatewayRule(site);
  const subsets = piece.spec.subsets ?? [];
  const known = subsets.find((it) => it.trafficPolicy?.tls?.mode === 'DISABLE')?.name;
  const name = subset ?? known ?? asItComes;
  const index = subsets.findIndex((it) => it.name === name);
  const plain = { ...subsets[index], name, trafficPolicy: { tls: { mode: 'DISABLE' } } };
  const fitted = index >= 0 ? subsets.with(index, plain) : [...subsets, plain];
  piece.spec = known === name ? piece.spec : { ...piece.spec, subsets: fitted };
  return name;
}

/**
 * The rule in which the gateway finds its settings for the host: the one that has TLS settings for it already, else
 * one beside the gateway that no sidecar of another namespace sees.
 */
function gatewayRule(site: Site): Piece<'DestinationRule'> {
  const { desk, gateway, host } = site;
  const home = gateway.service.namespace;
  const rule = ruleFrom(site, home);
  const resource = rule?.host === host ? rule.from[0]! : undefined;
  const setsTls = JSON.stringify(resource?.spec.trafficPolicy ?? {}).includes('"tls"');
  if (resource && (resource.namespace === home || setsTls)) {
    return desk.open(resource, purpose(site));
  }
  if (resource) {
    site.notes.push(
      `The new DestinationRule hides "${resource.namespace}/${resource.name}" from the gateway, because it stands beside it: repeat there what the gateway needs of the other`,
    );
  }
  const isSame = (it: Piece<'DestinationRule'>): boolean => it.namespace === home && it.spec.host === host;
  return (
    desk.written('DestinationRule').find(isSame) ??
    desk.write(
      'DestinationRule',
      home,
      `originate-tls-for-${hostLabel(host)}`,
      { host, exportTo: ['.'], ...settingsOf(rule) },
      purpose(site),
    )
  );
}

/** Sees to it that the sidecars of every client encrypt what they send to the host's `port`. */
export function planSidecarOrigination(site: Site, port: number, subset: string | undefined): void {
  const { desk, host, entryNamespace } = site;
  for (const client of site.clients) {
    if (originates(upstreamTlsFrom(site, client, port, subset))) {
      continue;
    }
    const forSomePods = site.view
      .byHost('DestinationRule', host)
      .some((it) => it.namespace === client && it.spec.workloadSelector !== undefined);
    if (forSomePods) {
      continue;
    }
    const rule = ruleFrom(site, client);
    const isSame = (it: Piece<'DestinationRule'>): boolean => it.spec.host === host;
    const byDefault = meshFacts(site.view).defaultDestinationRuleExportTo.value;
    const piece =
      rule?.host === host
        ? desk.open(rule.from[0]!, purpose(site))
        : (desk.written('DestinationRule').find(isSame) ??
          desk.write(
            'DestinationRule',
            entryNamespace,
            `originate-tls-for-${hostLabel(host)}`,
            { host, ...(!byDefault.includes('*') && { exportTo: ['*'] }) },
            purpose(site),
          ));
    if (!piece.spec.trafficPolicy || piece.spec === piece.resource?.spec) {
      piece.spec = withOrigination(piece.spec, host, port);
    }
  }
}

export function encryptedTwice({ host }: Site): string {
  return `What clients send to port ${securePort} of "${host}" encrypted is encrypted once more by their sidecars: limit the DestinationRule's TLS settings to the port of plain requests`;
}

function purpose({ host, pattern }: Site): string {
  const who = pattern === 'originate-sidecar' ? 'sidecars send' : 'the gateway sends';
  return `encrypts what ${who} to "${host}"`;
}
