import type { Labels } from '../model/specs';
import { matchLength, prefixOf } from '../traffic/addresses';
import type { View } from '../workspace/view';
import {
  type NetworkPolicy,
  type Peer,
  type PolicyPort,
  type PolicyRule,
  policiesIn,
} from './network-policies';

/** Pods of a namespace as policies see them. */
export interface Pods {
  readonly namespace: string;
  readonly labels: Labels;
}

/** What a connection is for: an address outside of the cluster, which may be in no file, or pods. */
export type Target =
  | {
      readonly kind: 'outside';
      readonly address?: string;
      readonly port?: number;
      /** TCP when it is not written. */
      readonly protocol?: string;
    }
  | {
      readonly kind: 'pods';
      readonly pods: Pods;
      readonly port?: number;
      readonly portNames?: ReadonlyMap<string, number>;
    };

/** Whether policies let a connection be. `unknown` when that depends on what no file says. */
export interface Reach {
  readonly is: 'yes' | 'no' | 'unknown';
  /** Those that speak of these pods; without any everything is let be. */
  readonly policies: readonly NetworkPolicy[];
}

/** Whether pods may open a connection, as far as policies about them say. */
export function mayReach(view: View, pods: Pods, target: Target): Reach {
  const policies = about(view, pods).filter((it) => it.egress);
  return combined(
    policies,
    policies.flatMap((it) => it.egress!.map((rule) => allows(view, rule, target, it.namespace))),
  );
}

/** Whether pods take connections from others, as far as policies about them say. */
export function takesFrom(
  view: View,
  pods: Pods,
  from: Pods,
  port: Target & { readonly kind: 'pods' },
): Reach {
  const policies = about(view, pods).filter((it) => it.ingress);
  const source: Target = { ...port, pods: from };
  return combined(
    policies,
    policies.flatMap((it) => it.ingress!.map((rule) => allows(view, rule, source, it.namespace))),
  );
}

function about(view: View, { namespace, labels }: Pods): readonly NetworkPolicy[] {
  return policiesIn(view, namespace).filter((it) => it.pods.matches(labels));
}

type Answer = Reach['is'];

/** Rules add up: one that allows is enough. */
function combined(policies: readonly NetworkPolicy[], answers: readonly Answer[]): Reach {
  const is =
    policies.length === 0 || answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
  return { is, policies };
}

function allows(view: View, { peers, ports }: PolicyRule, target: Target, home: string): Answer {
  const port = ports.length === 0 ? 'yes' : either(ports.map((it) => allowsPort(it, target)));
  const peer = peers.length === 0 ? 'yes' : either(peers.map((it) => allowsPeer(view, it, target, home)));
  return port === 'no' || peer === 'no' ? 'no' : port === 'yes' && peer === 'yes' ? 'yes' : 'unknown';
}

function either(answers: readonly Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function allowsPort({ protocol, port, endPort }: PolicyPort, target: Target): Answer {
  const wanted = target.kind === 'outside' ? target.protocol : undefined;
  if (protocol !== (wanted ?? 'TCP')) {
    return 'no';
  }
  if (port === undefined) {
    return 'yes';
  }
  if (target.port === undefined) {
    return 'unknown';
  }
  if (typeof port === 'string') {
    return target.kind === 'pods' ? named(target.portNames?.get(port), target.port) : 'no';
  }
  return port <= target.port && target.port <= (endPort ?? port) ? 'yes' : 'no';
}

function named(number: number | undefined, wanted: number): Answer {
  return number === undefined ? 'unknown' : number === wanted ? 'yes' : 'no';
}

function allowsPeer(view: View, peer: Peer, target: Target, home: string): Answer {
  if (peer.kind === 'block') {
    return target.kind === 'outside' ? allowsAddress(peer, target.address) : 'unknown';
  }
  if (target.kind === 'outside') {
    return 'no';
  }
  const { namespace, labels } = target.pods;
  const pods = peer.pods.matches(labels) ? 'yes' : 'no';
  if (!peer.namespaces) {
    return namespace === home ? pods : 'no';
  }
  const own = view.find('Namespace', '', namespace);
  const isKnown = own !== undefined || peer.namespaces.keys.every((it) => it === nameLabel);
  const all = { ...own?.labels, [nameLabel]: namespace };
  if (pods === 'no') {
    return 'no';
  }
  return isKnown ? (peer.namespaces.matches(all) ? 'yes' : 'no') : 'unknown';
}

/** Every namespace carries its own name. */
const nameLabel = 'kubernetes.io/metadata.name';

/** A block that holds nearly every address holds those nobody wrote down. */
function allowsAddress(
  { block, except }: Peer & { readonly kind: 'block' },
  address: string | undefined,
): Answer {
  if (address === undefined) {
    return prefixOf(block)?.length === 1 ? 'yes' : 'unknown';
  }
  const inside = matchLength(address, block) !== undefined;
  return inside && !except.some((it) => matchLength(address, it) !== undefined) ? 'yes' : 'no';
}
