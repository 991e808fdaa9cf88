import { deriveList, memoize } from '../mesh/derive';
import { type Origin, origin, sameResource } from '../mesh/origin';
import { type Fields, fields, items, text, whole } from '../model/guards';
import { groupOf } from '../model/kinds';
import type { Resource } from '../model/resource';
import type { View } from '../workspace/view';
import { type LabelSelector, readSelector } from './label-selector';

/** A NetworkPolicy as Kubernetes reads it. */
export interface NetworkPolicy {
  readonly resource: Resource<'Other'>;
  readonly namespace: string;
  readonly name: string;
  /** The pods of its namespace it is for. */
  readonly pods: LabelSelector;
  /** What those may connect to; absent when it does not speak of that. */
  readonly egress?: readonly PolicyRule[];
  /** Who may connect to them. */
  readonly ingress?: readonly PolicyRule[];
  readonly origin: Origin;
}

export interface PolicyRule {
  /** Empty means everyone. */
  readonly peers: readonly Peer[];
  /** Empty means every port. */
  readonly ports: readonly PolicyPort[];
}

export type Peer =
  | { readonly kind: 'block'; readonly block: string; readonly except: readonly string[] }
  | { readonly kind: 'pods'; readonly namespaces?: LabelSelector; readonly pods: LabelSelector };

export interface PolicyPort {
  readonly protocol: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

/** The policies of a namespace. */
export function policiesIn(view: View, namespace: string): readonly NetworkPolicy[] {
  return view
    .lookUp('audit/network-policies', namespace, () => byNamespace(view), sameResource)
    .map(readPolicy);
}

function networkPolicies(view: View): readonly Resource<'Other'>[] {
  return deriveList(
    view,
    'audit/all-network-policies',
    '',
    () =>
      view
        .all('Other')
        .filter((it) => it.writtenKind === 'NetworkPolicy' && groupOf(it.apiVersion) === 'networking.k8s.io'),
    sameResource,
  );
}

function byNamespace(view: View): ReadonlyMap<string, readonly Resource<'Other'>[]> {
  const found = new Map<string, Resource<'Other'>[]>();
  for (const it of networkPolicies(view)) {
    const known = found.get(it.namespace);
    known ? known.push(it) : found.set(it.namespace, [it]);
  }
  return found;
}

const readPolicy = memoize((resource: Resource<'Other'>): NetworkPolicy => {
  const spec = fields(resource.spec);
  const types = items(spec.policyTypes);
  // Without types a policy is about ingress, and about egress when it has rules for that.
  const isFor = (type: string): boolean =>
    types.length > 0 ? types.includes(type) : type === 'Ingress' || items(spec.egress).length > 0;
  return {
    resource,
    namespace: resource.namespace,
    name: resource.name,
    pods: readSelector(spec.podSelector),
    ...(isFor('Egress') && { egress: items(spec.egress).map((it) => readRule(fields(it), 'to')) }),
    ...(isFor('Ingress') && { ingress: items(spec.ingress).map((it) => readRule(fields(it), 'from')) }),
    origin: origin(resource, 'metadata', 'name'),
  };
});

function readRule(written: Fields, side: 'to' | 'from'): PolicyRule {
  return {
    peers: items(written[side]).map((it) => readPeer(fields(it))),
    ports: items(written.ports).map((it) => readPort(fields(it))),
  };
}

function readPeer({ ipBlock, namespaceSelector, podSelector }: Fields): Peer {
  if (ipBlock !== undefined) {
    const { cidr, except } = fields(ipBlock);
    return {
      kind: 'block',
      block: text(cidr) ?? '',
      except: items(except).filter((it): it is string => typeof it === 'string'),
    };
  }
  return {
    kind: 'pods',
    ...(namespaceSelector !== undefined && { namespaces: readSelector(namespaceSelector) }),
    pods: readSelector(podSelector),
  };
}

function readPort({ protocol, port, endPort }: Fields): PolicyPort {
  const number = whole(port) ?? text(port);
  const last = whole(endPort);
  return {
    protocol: text(protocol) ?? 'TCP',
    ...(number !== undefined && { port: number }),
    ...(last !== undefined && { endPort: last }),
  };
}
