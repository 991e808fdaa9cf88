import type { ClientTls, TrafficPolicy } from '../model/specs';
import type { ConsolidatedRule, RuleSubset } from './destination-rules';
import { type Origin, within } from './origin';

/** A part of a policy that counts for one port of one subset, and where it is written. */
export interface Effective<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** The policy of a cluster: of the host or of one of its subsets, on one port. */
export interface EffectivePolicy {
  readonly tls?: Effective<ClientTls>;
  readonly tunnel?: Effective<NonNullable<TrafficPolicy['tunnel']>>;
  readonly loadBalancer?: Effective<object>;
  readonly proxyProtocol?: Effective<NonNullable<TrafficPolicy['proxyProtocol']>>;
}

/**
 * The policy for a port. Settings for the port replace those for all ports wholly, even where they say less;
 * what a subset says comes before what the rule says.
 */
export function effectivePolicy(
  rule: ConsolidatedRule | undefined,
  subset: RuleSubset | undefined,
  port: number,
): EffectivePolicy {
  const base = rule?.trafficPolicy && portPolicy(rule.trafficPolicy.policy, rule.trafficPolicy.origin, port);
  const own =
    subset?.subset.trafficPolicy &&
    portPolicy(subset.subset.trafficPolicy, within(subset.origin, 'trafficPolicy'), port);
  if (!base || !own) {
    return (own ?? base)?.policy ?? {};
  }
  const { tls, loadBalancer, ...others } = base.policy;
  const inherited = { ...(tls && { tls }), ...(loadBalancer && { loadBalancer }) };
  return { ...others, ...(!own.forPort && inherited), ...own.policy };
}

function portPolicy(
  policy: TrafficPolicy,
  at: Origin,
  port: number,
): { readonly policy: EffectivePolicy; readonly forPort: boolean } {
  const index = (policy.portLevelSettings ?? []).findIndex((it) => it.port?.number === port);
  const setting = policy.portLevelSettings?.[index];
  if (setting) {
    const place = within(at, 'portLevelSettings', index);
    return {
      policy: shared(setting, place),
      forPort: true,
    };
  }
  const { tunnel, proxyProtocol } = policy;
  return {
    policy: {
      ...shared(policy, at),
      ...(tunnel && { tunnel: { value: tunnel, origin: within(at, 'tunnel') } }),
      ...(proxyProtocol && { proxyProtocol: { value: proxyProtocol, origin: within(at, 'proxyProtocol') } }),
    },
    forPort: false,
  };
}

/** What settings for a port say in place of those for all ports. */
function shared({ tls, loadBalancer }: TrafficPolicy, at: Origin): EffectivePolicy {
  return {
    ...(tls && { tls: { value: tls, origin: within(at, 'tls') } }),
    ...(loadBalancer && { loadBalancer: { value: loadBalancer, origin: within(at, 'loadBalancer') } }),
  };
}
