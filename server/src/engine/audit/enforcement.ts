import { hopsOf } from '../intent/hops';
import { meshFacts } from '../mesh/facts';
import type { GatewayProxy } from '../mesh/gateways';
import { type Origin, origin } from '../mesh/origin';
import { virtualServices } from '../mesh/virtual-services';
import { groupOf } from '../model/kinds';
import type { Resource } from '../model/resource';
import { groupBy } from '../text/collections';
import type { View } from '../workspace/view';
import type { CaptureRules } from './capture-rules';
import { anyNamespace, type Client, clientNames, clientsIn } from './clients';
import { asksForSidecar } from './pod-capture';
import { namespacePolicies } from './policy-facts';
import { mayReach, takesFrom } from './policy-reach';
import type { Enforcement } from './row';
import { labelText, policyNames, quoted } from './words';

/** What stops requests that go round the gateway, or lets them. */
export function enforcement(view: View): readonly Enforcement[] {
  const namespaces = clientNames(view).filter((it) => it !== anyNamespace);
  return [
    meshMode(view),
    ...view.all('Sidecar').flatMap(sidecarMode),
    ...namespacePolicies(view, namespaces),
    ...gatewaysUsed(view).map((it) => gatewayPolicy(view, it)),
    ...injection(view, namespaces),
    ...namespaces.flatMap((it) => clientsIn(view, it).flatMap(exclusions)),
    ...unread(view),
  ];
}

function meshMode(view: View): Enforcement {
  const { value, from, origin: place } = meshFacts(view).outboundMode;
  const who =
    from === 'default'
      ? 'no file sets the outbound mode of the mesh, and the default'
      : 'the outbound mode of the mesh';
  return { kind: 'mesh-mode', ...modeState(value, `${who} is ${value}`), decidedBy: place ? [place] : [] };
}

function modeState(mode: string, words: string): Pick<Enforcement, 'state' | 'text'> {
  return mode === 'REGISTRY_ONLY'
    ? {
        state: 'partly',
        text: `${words}: sidecars refuse hosts that nobody registered, but that is no security boundary`,
      }
    : { state: 'open', text: `${words}: sidecars let requests to unregistered hosts pass` };
}

function sidecarMode(sidecar: Resource<'Sidecar'>): Enforcement[] {
  const policy = sidecar.spec.outboundTrafficPolicy;
  if (!policy) {
    return [];
  }
  // The first word of the list is the one that counts when none is written.
  const mode = policy.mode === 'ALLOW_ANY' ? 'ALLOW_ANY' : 'REGISTRY_ONLY';
  const place = origin(sidecar, 'spec', 'outboundTrafficPolicy');
  const words = `Sidecar "${sidecar.namespace}/${sidecar.name}" sets ${mode}`;
  return [{ kind: 'sidecar-mode', ...modeState(mode, words), decidedBy: [place] }];
}

/** The gateways that routes lead to. */
function gatewaysUsed(view: View): readonly GatewayProxy[] {
  const all = virtualServices(view).flatMap((it) => hopsOf(view, it).map(({ proxy }) => proxy));
  return [...new Map(all.map((it) => [it.id, it])).values()];
}

function gatewayPolicy(view: View, { id, namespace, labels }: GatewayProxy): Enforcement {
  const pods = { namespace, labels };
  const out = mayReach(view, pods, { kind: 'outside' });
  const strangers = { namespace: 'a namespace nobody names', labels: {} };
  const taken = takesFrom(view, pods, strangers, { kind: 'pods', pods });
  const policies = [...new Set([...out.policies, ...taken.policies])];
  const decidedBy = policies.map((it) => it.origin);
  if (out.is === 'no') {
    const text = `NetworkPolicy ${policyNames(out.policies)} lets the pods of gateway "${id}" reach no address outside of the cluster`;
    return { kind: 'gateway-policy', state: 'closed', text, decidedBy };
  }
  return taken.is === 'yes'
    ? {
        kind: 'gateway-policy',
        state: 'open',
        text: `no NetworkPolicy limits who may send requests through gateway "${id}"`,
        decidedBy,
      }
    : {
        kind: 'gateway-policy',
        state: 'partly',
        text: `NetworkPolicy ${policyNames(taken.policies)} limits who may send requests through gateway "${id}"`,
        decidedBy,
      };
}

/** Namespaces whose pods may have no sidecar, so that no answer about routes holds for them. */
function injection(view: View, namespaces: readonly string[]): readonly Enforcement[] {
  const unlabelled = namespaces.flatMap((it) => {
    const found = view.find('Namespace', '', it);
    return found && !asksForSidecar(found) ? found : [];
  });
  const unknown = namespaces.filter((it) => !view.find('Namespace', '', it));
  return [
    ...unlabelled.map((it): Enforcement => {
      const text = `Namespace "${it.name}" carries no label that asks for sidecars: unless its pods or the installation do, all of them go round`;
      return { kind: 'injection', state: 'unknown', text, decidedBy: [origin(it, 'metadata', 'name')] };
    }),
    ...(unknown.length > 0
      ? [
          {
            kind: 'injection' as const,
            state: 'unknown' as const,
            text: `no file says whether the pods of ${quoted(unknown)} get sidecars: here it is taken for granted`,
            decidedBy: [],
          },
        ]
      : []),
  ];
}

const ruleWords: { readonly [rule in keyof CaptureRules['origins']]-?: (rules: CaptureRules) => string } = {
  excludedPorts: ({ excludedPorts }) => `on port ${excludedPorts.join(', ')}`,
  excludedBlocks: ({ excludedBlocks }) => `to addresses in ${excludedBlocks.join(', ')}`,
  includedPorts: () => '',
  includedBlocks: ({ includedBlocks = [] }) =>
    includedBlocks.length > 0 ? `to addresses outside of ${includedBlocks.join(', ')}` : 'to any address',
};

function exclusions({ namespace, labels, capture }: Client): readonly Enforcement[] {
  const pods = `pods of "${namespace}"${Object.keys(labels).length > 0 ? ` with ${labelText(labels)}` : ''}`;
  if (capture.none) {
    const { reason, origin: place } = capture.none;
    const text = `${pods} have no sidecar in their way: ${reason}`;
    return [{ kind: 'injection', state: 'open', text, decidedBy: place ? [place] : [] }];
  }
  const { rules } = capture;
  return Object.entries(ruleWords).flatMap(([rule, words]): Enforcement[] => {
    const place: Origin | undefined = rules.origins[rule as keyof typeof ruleWords];
    const which = words(rules);
    const isWhole = rule === 'includedBlocks' && rules.includedBlocks === undefined;
    return place && which !== '' && !isWhole
      ? [
          {
            kind: 'exclusion',
            state: 'open',
            text: `requests of ${pods} ${which} pass no sidecar`,
            decidedBy: [place],
          },
        ]
      : [];
  });
}

const unreadKinds: ReadonlySet<string> = new Set([
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
  'EgressFirewall',
  'EnvoyFilter',
  'AuthorizationPolicy',
]);

/** What also decides and is not followed. */
function unread(view: View): readonly Enforcement[] {
  const found = view
    .all('Other')
    .filter(
      ({ writtenKind, apiVersion }) =>
        unreadKinds.has(writtenKind) ||
        (writtenKind === 'NetworkPolicy' && groupOf(apiVersion) !== 'networking.k8s.io'),
    );
  return [...groupBy(found, (it) => it.writtenKind)].map(([kind, all]): Enforcement => {
    const names = quoted(all.map((it) => `${it.namespace}/${it.name}`));
    const decidedBy = all.map((it) => origin(it, 'metadata', 'name'));
    return {
      kind: 'unread',
      state: 'unknown',
      text: `${kind} ${names} may decide otherwise: it is not followed`,
      decidedBy,
    };
  });
}
