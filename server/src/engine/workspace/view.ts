import type { Kind, Resource } from '../model/resource';
import type { IstioVersion } from '../schema/versions';

/** What rules and the layers below them may ask about a scope. Every answer is remembered as a dependency. */
export interface View {
  readonly settings: ScopeSettings;
  /** A runbook or a script: what comes later is meant to change what came before. */
  readonly isInSteps: boolean;

  /** Accepted resources of a kind, one for each object: of two documents for one object the last stands. */
  all<K extends Kind>(kind: K): readonly Resource<K>[];
  /** The same of one namespace alone. */
  allIn<K extends Kind>(kind: K, namespace: string): readonly Resource<K>[];
  find<K extends Kind>(kind: K, namespace: string, name: string): Resource<K> | undefined;
  /** Accepted resources of `kind` that write exactly `host`. */
  byHost<K extends Kind>(kind: K, host: string): readonly Resource<K>[];

  /** Whether some document, even a refused or half-written one, claims to be this object. */
  declares(kind: Kind, namespace: string, name: string): boolean;
  /** Whether some document, even a refused or half-written one, writes this host. */
  declaresHost(kind: Kind, host: string): boolean;
  /** All documents that declare the same object, itself included, in the order in which they are applied. */
  twinsOf(resource: Resource): readonly Resource[];
  /** Those of them that may be applied in place of this one and not after it: in other files, or in other steps. */
  declaredElsewhere(resource: Resource): readonly Resource[];
  /** Whether templates or patches of this kind are about, so that something missing may still come. */
  hasPartial(kind: Kind): boolean;

  /**
   * A value computed once for each `key` and kept until something it read changes.
   * `name` must belong to one function; what that function returns must not depend on anything but the view and the key.
   */
  derive<T>(name: string, key: string, compute: () => T): T;
  /**
   * The items under `key` of a table that is made at once. The reader depends on these items alone, so this is for
   * tables of the whole scope. `name` must belong to one `build`, as with {@link derive}.
   */
  lookUp<T>(
    name: string,
    key: string,
    build: () => ReadonlyMap<string, readonly T[]>,
    same?: (a: T, b: T) => boolean,
  ): readonly T[];
}

/** What a scope is told from outside. */
export interface ScopeSettings {
  /** Closed: the files are the whole cluster, so a reference that meets nothing is wrong. */
  readonly closedWorld: boolean;
  readonly profile: Profile;
  /** The Istio of the mesh; nothing when it is as new as what is known here. */
  readonly targetVersion?: IstioVersion;
  /** Whether the stock egress gateway is installed, as far as the files do not say so themselves. */
  readonly stockGateway: boolean;
  /** True when someone said so, false when it is the documented default. */
  readonly stockGatewayKnown: boolean;
  /** A MeshConfig, as written in the `istio` ConfigMap. */
  readonly meshConfig?: unknown;
  /** Egress gateways that live elsewhere. */
  readonly gateways: readonly KnownGateway[];
}

export type Profile = 'recommended' | 'istioctl' | 'strict';

export interface KnownGateway {
  readonly namespace: string;
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly ports: readonly { readonly port: number; readonly targetPort: number }[];
  /** Nobody said so: it is only what an installation usually has. */
  readonly assumed?: true;
}
