import type { Slot } from '../source/source';
import type { Path } from '../yaml/node';
import type {
  ConfigMapSpec,
  DestinationRuleSpec,
  GatewaySpec,
  Labels,
  NamespaceSpec,
  OtherSpec,
  SecretSpec,
  ServiceEntrySpec,
  ServiceSpec,
  SidecarSpec,
  VirtualServiceSpec,
  WorkloadEntrySpec,
  WorkloadSpec,
} from './specs';

/** The kinds that layers above look at by name. Everything else is `Other`. */
export interface Specs {
  ServiceEntry: ServiceEntrySpec;
  Gateway: GatewaySpec;
  DestinationRule: DestinationRuleSpec;
  VirtualService: VirtualServiceSpec;
  Sidecar: SidecarSpec;
  WorkloadEntry: WorkloadEntrySpec;
  Service: ServiceSpec;
  Workload: WorkloadSpec;
  Namespace: NamespaceSpec;
  ConfigMap: ConfigMapSpec;
  Secret: SecretSpec;
  Other: OtherSpec;
}

export type Kind = keyof Specs;

/** The kinds the routes are made of, in the order people write them. */
export const trafficKinds = [
  'ServiceEntry',
  'Gateway',
  'DestinationRule',
  'VirtualService',
  'Sidecar',
] as const;
export type TrafficKind = (typeof trafficKinds)[number];

/**
 * One object of the cluster, as plain values. Positions are not in here: a value is named by its path, and the
 * path is turned into a range when an answer leaves the engine.
 */
export type Resource<K extends Kind = Kind> = {
  [P in K]: ResourceHeader<P> & { readonly kind: P; readonly spec: Specs[P] };
}[K];

export interface ResourceHeader<K extends Kind = Kind> {
  readonly kind: K;
  readonly apiVersion: string;
  /** The kind as written; for `Workload` and `Other` it says more than {@link kind}. */
  readonly writtenKind: string;
  readonly name: string;
  /** What a kustomization puts around the name where {@link name} is without it, so that two bases may have one name. */
  readonly affix?: string;
  readonly namespace: string;
  /** False when no one wrote a namespace and `default` was filled in. */
  readonly namespaceKnown: boolean;
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly creationTimestamp?: string;
  /** What the cluster said of it, where the manifest was read from one. */
  readonly conditions?: readonly Condition[];
  /** The document it stands in. */
  readonly slot: Slot;
  /** Where the object starts in its document: empty, or `['items', n]` in a List. */
  readonly base: Path;
  readonly standing: Standing;
}

export interface Condition {
  readonly type: string;
  readonly status?: string;
  readonly reason?: string;
  readonly path: Path;
}

/**
 * `accepted`: the cluster takes it. `refused`: the cluster would refuse it, so it takes no part in anything, but
 * it is not missing either. `partial`: a template, a patch or its target; what it leaves out may still come.
 */
export type Standing = 'accepted' | 'refused' | 'partial';

type Identified = Pick<ResourceHeader, 'writtenKind' | 'namespace' | 'name' | 'affix'>;

export function identityOf({ writtenKind, namespace, name, affix }: Identified): string {
  return `${writtenKind} ${namespace}/${name}${affix ? ` ${affix}` : ''}`;
}

/** A resource of kind `K`, when it is one. */
export function asKind<K extends Kind>(resource: Resource, kind: K): Resource<K> | undefined {
  return resource.kind === kind ? (resource as Resource<K>) : undefined;
}
