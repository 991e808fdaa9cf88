import { identityOf, type Resource } from '../model/resource';

/** What changed in the set of objects a cluster would hold. */
export interface ObjectChange {
  readonly removed: Resource[];
  readonly added: Resource[];
  /** Objects whose documents changed, whether or not the one that stands did. */
  readonly identities: Iterable<string>;
}

/**
 * Of several documents for one object the last stands, as with `kubectl apply`; the others are kept aside. An
 * accepted document stands before a refused one, because the cluster would keep what it has.
 */
export class Objects {
  readonly #byIdentity = new Map<string, Resource[]>();
  readonly #order: (resource: Resource) => string;

  /** `order` gives a text that sorts documents as they are applied. */
  constructor(order: (resource: Resource) => string) {
    this.#order = order;
  }

  change(removed: readonly Resource[], added: readonly Resource[]): ObjectChange {
    const touched = new Map<string, Resource | undefined>();
    for (const resource of removed) {
      const list = this.#touch(touched, resource);
      list.splice(list.indexOf(resource), 1);
    }
    for (const resource of added) {
      this.#touch(touched, resource).push(resource);
    }
    const change: ObjectChange = { removed: [], added: [], identities: touched.keys() };
    for (const [identity, before] of touched) {
      this.#settle(identity, before, change);
    }
    return change;
  }

  /** Every document for the same object, in the order in which they are applied. */
  documentsOf(identity: string): readonly Resource[] {
    const list = this.#byIdentity.get(identity) ?? [];
    return list.length < 2 ? list : this.#sorted(list);
  }

  #touch(touched: Map<string, Resource | undefined>, resource: Resource): Resource[] {
    const identity = identityOf(resource);
    let list = this.#byIdentity.get(identity);
    if (!list) {
      list = [];
      this.#byIdentity.set(identity, list);
    }
    if (!touched.has(identity)) {
      touched.set(identity, this.#standing(list));
    }
    return list;
  }

  #settle(identity: string, before: Resource | undefined, change: ObjectChange): void {
    const list = this.#byIdentity.get(identity)!;
    const after = this.#standing(list);
    if (list.length === 0) {
      this.#byIdentity.delete(identity);
    }
    if (before !== after) {
      if (before) {
        change.removed.push(before);
      }
      if (after) {
        change.added.push(after);
      }
    }
  }

  #standing(list: readonly Resource[]): Resource | undefined {
    if (list.length < 2) {
      return list[0];
    }
    const sorted = this.#sorted(list);
    return sorted.findLast((it) => it.standing === 'accepted') ?? sorted.at(-1);
  }

  #sorted(list: readonly Resource[]): Resource[] {
    const keyed = list.map((resource) => ({ resource, key: this.#order(resource) }));
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map((it) => it.resource);
  }
}
