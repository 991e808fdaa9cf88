import type { View } from '../workspace/view';
import { type NetworkPolicy, policiesIn } from './network-policies';
import { mayReach } from './policy-reach';
import type { Enforcement } from './row';
import { policyNames, quoted } from './words';

/** Where NetworkPolicies let the pods of namespaces connect to. Those that no policy is about are told together. */
export function namespacePolicies(view: View, namespaces: readonly string[]): readonly Enforcement[] {
  const limited = namespaces.filter((it) => egressPolicies(view, it).length > 0);
  const free = namespaces.filter((it) => !limited.includes(it));
  const told = limited.flatMap((it) => [aboutAll(view, it), ...withoutUdp(view, it)]);
  if (free.length === 0) {
    return told;
  }
  const text = `no NetworkPolicy is about where the pods of ${quoted(free)} may connect to: nothing but their sidecars stops them from going round the gateway`;
  return [...told, { kind: 'network-policy', state: 'open', text, decidedBy: [] }];
}

function egressPolicies(view: View, namespace: string): readonly NetworkPolicy[] {
  return policiesIn(view, namespace).filter((it) => it.egress);
}

function aboutAll(view: View, namespace: string): Enforcement {
  const { is, policies } = mayReach(view, { namespace, labels: {} }, { kind: 'outside' });
  if (policies.length === 0) {
    const some = egressPolicies(view, namespace);
    const text = `NetworkPolicy ${policyNames(some)} is about some pods of "${namespace}" only: nothing but their sidecars stops the others from going round the gateway`;
    return { kind: 'network-policy', state: 'partly', text, decidedBy: some.map((it) => it.origin) };
  }
  const { state, words } = reachWords[is];
  const text = `NetworkPolicy ${policyNames(policies)} lets the pods of "${namespace}" reach ${words}`;
  return { kind: 'network-policy', state, text, decidedBy: policies.map((it) => it.origin) };
}

const reachWords = {
  no: { state: 'closed', words: 'no address outside of the cluster' },
  unknown: { state: 'partly', words: 'certain addresses or ports outside of the cluster' },
  yes: { state: 'open', words: 'any address outside of the cluster' },
} as const;

/** Names are asked for with UDP. Which server answers is in no file, so only a policy without any UDP is told. */
function withoutUdp(view: View, namespace: string): readonly Enforcement[] {
  const { policies } = mayReach(view, { namespace, labels: {} }, { kind: 'outside' });
  const rules = policies.flatMap((it) => it.egress ?? []);
  const some = rules.some(({ ports }) => ports.length === 0 || ports.some((it) => it.protocol === 'UDP'));
  const text = `NetworkPolicy ${policyNames(policies)} lets the pods of "${namespace}" send no UDP: they can ask no DNS server, so requests by name fail before they leave`;
  return policies.length === 0 || some
    ? []
    : [{ kind: 'network-policy', state: 'closed', text, decidedBy: policies.map((it) => it.origin) }];
}
