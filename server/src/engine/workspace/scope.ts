import { identityOf, type Kind, type Resource } from '../model/resource';
import { Lookup } from '../reactive/lookup';
import { type Memo, Reactor, type Source } from '../reactive/reactor';
import { type Crds, noCrds } from '../schema/crd';
import type { Slot } from '../source/source';
import { hostKey, kindKey, nameKey, namespaceKey } from './keys';
import { type Home, Objects } from './objects';
import { sameFaces, Table } from './table';
import type { ScopeSettings, View } from './view';

/** Documents that are applied together, and what can be asked about them. */
export class Scope implements View {
  /** What its CustomResourceDefinitions say of Istio's kinds. Rules do not ask, so nobody has to be told. */
  crds: Crds = noCrds;
  readonly reactor: Reactor;
  readonly #table: Table;
  readonly #objects: Objects;
  readonly #bySlot = new Map<Slot, readonly Resource[]>();
  /** By name, then by key. */
  readonly #derived = new Map<string, Map<string, Memo<unknown>>>();
  readonly #lookups = new Map<string, Lookup<never>>();
  readonly #own = new Map<Slot, Source<readonly Resource[]>>();
  readonly #twins = new Map<string, Source<readonly Resource[]>>();
  readonly #settings: Source<ScopeSettings>;

  constructor(
    settings: ScopeSettings,
    homeOf: (resource: Resource) => Home,
    readonly isInSteps = false,
    mayChange = true,
  ) {
    this.reactor = new Reactor(!mayChange);
    this.#table = new Table(this.reactor);
    this.#settings = this.reactor.source(settings, (a, b) => JSON.stringify(a) === JSON.stringify(b));
    this.#objects = new Objects(homeOf);
  }

  /** Replaces what the given documents declare; an empty list removes a document. `moved` have other neighbours now. */
  change(documents: ReadonlyMap<Slot, readonly Resource[]>, moved: Iterable<Slot> = []): void {
    if (this.reactor.isStill && this.reactor.computed > 0) {
      throw new Error('Nothing may change here after something was asked');
    }
    const removed: Resource[] = [];
    const added: Resource[] = [];
    for (const [slot, resources] of documents) {
      removed.push(...(this.#bySlot.get(slot) ?? []));
      added.push(...resources);
      if (resources.length > 0) {
        this.#bySlot.set(slot, resources);
      } else {
        this.#bySlot.delete(slot);
      }
      this.#own.get(slot)?.set(resources);
    }
    const change = this.#objects.change(
      removed,
      added,
      [...moved].flatMap((slot) => this.resourcesOf(slot)),
    );
    this.#table.change(change.removed, change.added);
    for (const identity of change.identities) {
      this.#twins.get(identity)?.set(this.#objects.documentsOf(identity));
    }
  }

  configure(settings: ScopeSettings): void {
    this.#settings.set(settings);
  }

  get settings(): ScopeSettings {
    return this.#settings.get();
  }

  slots(): Iterable<Slot> {
    return this.#bySlot.keys();
  }

  resourcesOf(slot: Slot): readonly Resource[] {
    return this.#bySlot.get(slot) ?? [];
  }

  /** The same, remembered as a dependency. */
  watch(slot: Slot): readonly Resource[] {
    let own = this.#own.get(slot);
    if (!own) {
      own = this.reactor.source(this.resourcesOf(slot), sameFaces);
      this.#own.set(slot, own);
    }
    return own.get();
  }

  twinsOf(resource: Resource): readonly Resource[] {
    const identity = identityOf(resource);
    let twins = this.#twins.get(identity);
    if (!twins) {
      twins = this.reactor.source(this.#objects.documentsOf(identity), sameFaces);
      this.#twins.set(identity, twins);
    }
    return twins.get();
  }

  declaredElsewhere(resource: Resource): readonly Resource[] {
    const twins = this.twinsOf(resource);
    if (twins.length < 2) {
      return [];
    }
    return this.isInSteps ? twins.filter((it) => it !== resource) : this.#objects.elsewhere(resource);
  }

  all<K extends Kind>(kind: K): readonly Resource<K>[] {
    return this.#accepted(kindKey(kind));
  }

  allIn<K extends Kind>(kind: K, namespace: string): readonly Resource<K>[] {
    return this.#accepted(namespaceKey(kind, namespace));
  }

  find<K extends Kind>(kind: K, namespace: string, name: string): Resource<K> | undefined {
    return this.#accepted<K>(nameKey(kind, namespace, name))[0];
  }

  byHost<K extends Kind>(kind: K, host: string): readonly Resource<K>[] {
    return this.#accepted(hostKey(kind, host));
  }

  declares(kind: Kind, namespace: string, name: string): boolean {
    return this.#table.lookup(nameKey(kind, namespace, name)).length > 0;
  }

  declaresHost(kind: Kind, host: string): boolean {
    return this.#table.lookup(hostKey(kind, host)).length > 0;
  }

  hasPartial(kind: Kind): boolean {
    return this.derive('has-partial', kind, () =>
      this.#table.lookup(kindKey(kind)).some((it) => it.standing === 'partial'),
    );
  }

  derive<T>(name: string, key: string, compute: () => T): T {
    let byKey = this.#derived.get(name);
    if (!byKey) {
      byKey = new Map();
      this.#derived.set(name, byKey);
    }
    let memo = byKey.get(key) as Memo<T> | undefined;
    if (!memo) {
      memo = this.reactor.memo(compute);
      byKey.set(key, memo as Memo<unknown>);
    }
    return memo.get();
  }

  lookUp<T>(
    name: string,
    key: string,
    build: () => ReadonlyMap<string, readonly T[]>,
    same?: (a: T, b: T) => boolean,
  ): readonly T[] {
    let lookup = this.#lookups.get(name) as Lookup<T> | undefined;
    if (!lookup) {
      lookup = new Lookup(this.reactor, build, same ?? Object.is);
      this.#lookups.set(name, lookup as unknown as Lookup<never>);
    }
    return lookup.get(key);
  }

  #accepted<K extends Kind>(key: string): readonly Resource<K>[] {
    const found = this.#table.lookup(key) as readonly Resource<K>[];
    return found.every((it) => it.standing === 'accepted')
      ? found
      : found.filter((it) => it.standing === 'accepted');
  }
}
