import type { ClientTls, DestinationRuleSpec, Subset, TrafficPolicy } from '../model/specs';

type PortSettings = NonNullable<TrafficPolicy['portLevelSettings']>[number];

/** What a subset of the gateway's Service has to say about one port. */
export interface SubsetNeed {
  readonly name: string;
  readonly port: number;
  readonly tls: HopTls;
}

/** Plain, or mutual TLS of the mesh. The gateway picks its listener by the SNI, unless it serves every host. */
export type HopTls =
  | { readonly mode: 'plain' }
  | { readonly mode: 'mutual'; readonly sni: string | undefined };

/** Whether the settings of a hop are what the gateway's server expects. */
export function fitsHop(tls: ClientTls | undefined, wanted: HopTls): boolean {
  if (wanted.mode === 'plain') {
    return tls === undefined || tls.mode === undefined || tls.mode === 'DISABLE';
  }
  return tls?.mode === 'ISTIO_MUTUAL' && (wanted.sni === undefined || tls.sni === wanted.sni);
}

/**
 * The rule with a subset that does what is needed. `inherited` is what the subset gets from the rest of the rule
 * where it says nothing itself.
 */
export function withSubset(
  spec: DestinationRuleSpec,
  need: SubsetNeed,
  inherited: ClientTls | undefined,
): DestinationRuleSpec {
  const subsets = spec.subsets ?? [];
  const index = subsets.findIndex((it) => it.name === need.name);
  const before: Subset = subsets[index] ?? { name: need.name };
  const after = fittedSubset(before, need, inherited);
  if (index >= 0) {
    return after === before ? spec : { ...spec, subsets: subsets.with(index, after) };
  }
  return { ...spec, subsets: [...subsets, after] };
}

function fittedSubset(subset: Subset, need: SubsetNeed, inherited: ClientTls | undefined): Subset {
  const policy = subset.trafficPolicy ?? {};
  const entry = policy.portLevelSettings?.find((it) => it.port?.number === need.port);
  const own = entry ? entry.tls : policy.tls;
  if (fitsHop(own ?? (entry ? undefined : inherited), need.tls)) {
    return subset;
  }
  const bare = withoutOwnTls(policy, need.port);
  if (need.tls.mode === 'plain' && fitsHop(inherited, need.tls)) {
    const { trafficPolicy: _trafficPolicy, ...rest } = subset;
    return Object.keys(bare).length > 0 ? { ...rest, trafficPolicy: bare } : rest;
  }
  const { sni } = need.tls.mode === 'mutual' ? need.tls : { sni: undefined };
  const tls: ClientTls =
    need.tls.mode === 'plain'
      ? { mode: 'DISABLE' }
      : { mode: 'ISTIO_MUTUAL', ...(sni !== undefined && { sni }) };
  return {
    ...subset,
    trafficPolicy: withPortTls(entry || own === undefined ? policy : bare, need.port, tls),
  };
}

/** The policy with these TLS settings on one port; everything else it says stays. */
function withPortTls(policy: TrafficPolicy, port: number, tls: ClientTls): TrafficPolicy {
  const settings = policy.portLevelSettings ?? [];
  const index = settings.findIndex((it) => it.port?.number === port);
  const entry: PortSettings = { ...(settings[index] ?? { port: { number: port } }), tls };
  return { ...policy, portLevelSettings: index >= 0 ? settings.with(index, entry) : [...settings, entry] };
}

/** Takes the TLS settings away from where they count for the port; a setting left without content goes too. */
function withoutOwnTls(policy: TrafficPolicy, port: number): TrafficPolicy {
  const settings = policy.portLevelSettings ?? [];
  const index = settings.findIndex((it) => it.port?.number === port);
  if (index < 0) {
    const { tls: _tls, ...rest } = policy;
    return rest;
  }
  const { tls: _tls, ...entry } = settings[index]!;
  const left = Object.keys(entry).length > 1 ? settings.with(index, entry) : settings.toSpliced(index, 1);
  const { portLevelSettings: _settings, ...rest } = policy;
  return left.length > 0 ? { ...policy, portLevelSettings: left } : rest;
}

export function originates(tls: ClientTls | undefined): boolean {
  return tls?.mode === 'SIMPLE' || tls?.mode === 'MUTUAL';
}

/** The rule with TLS towards the host on `port`. Settings that miss the port, or switch TLS off, are put right. */
export function withOrigination(spec: DestinationRuleSpec, host: string, port: number): DestinationRuleSpec {
  const policy = spec.trafficPolicy ?? {};
  const settings = policy.portLevelSettings ?? [];
  const own = settings.findIndex((it) => it.port?.number === port);
  if (own < 0 && policy.tls) {
    return { ...spec, trafficPolicy: { ...policy, tls: { ...policy.tls, mode: 'SIMPLE' } } };
  }
  const misplaced = settings.findIndex((it) => originates(it.tls));
  if (own < 0 && misplaced >= 0) {
    const moved = settings.with(misplaced, { ...settings[misplaced]!, port: { number: port } });
    return { ...spec, trafficPolicy: { ...policy, portLevelSettings: moved } };
  }
  const before = settings[own]?.tls;
  const tls = before ? { ...before, mode: 'SIMPLE' } : { mode: 'SIMPLE', sni: host };
  return { ...spec, trafficPolicy: withPortTls(policy, port, tls) };
}
