import { identityOf, type Resource } from '../model/resource';

/** Where a document stands. */
export interface Home {
  readonly file: string;
  /** Sorts the documents of the file as they are applied. */
  readonly order: string;
}

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
  /** Which document the world was told stands. The order may have changed since, so it cannot be told from that. */
  readonly #standing = new Map<string, Resource>();
  readonly #homeOf: (resource: Resource) => Home;

  constructor(homeOf: (resource: Resource) => Home) {
    this.#homeOf = homeOf;
  }

  /** `moved` may stand elsewhere among the others than before. */
  change(
    removed: readonly Resource[],
    added: readonly Resource[],
    moved: Iterable<Resource> = [],
  ): ObjectChange {
    const touched = new Set<string>();
    for (const resource of removed) {
      const list = this.#touch(touched, resource);
      list.splice(list.indexOf(resource), 1);
    }
    for (const resource of added) {
      this.#touch(touched, resource).push(resource);
    }
    for (const resource of moved) {
      this.#touch(touched, resource);
    }
    const change: ObjectChange = { removed: [], added: [], identities: touched };
    for (const identity of touched) {
      this.#settle(identity, change);
    }
    return change;
  }

  /** Every document for the same object, in the order in which they are applied. */
  documentsOf(identity: string): readonly Resource[] {
    return this.#sorted(this.#byIdentity.get(identity) ?? []);
  }

  /** Documents of other files for the same object. */
  elsewhere(resource: Resource): readonly Resource[] {
    const { file } = this.#homeOf(resource);
    return this.documentsOf(identityOf(resource)).filter((it) => this.#homeOf(it).file !== file);
  }

  #touch(touched: Set<string>, resource: Resource): Resource[] {
    const identity = identityOf(resource);
    let list = this.#byIdentity.get(identity);
    if (!list) {
      list = [];
      this.#byIdentity.set(identity, list);
    }
    touched.add(identity);
    return list;
  }

  #settle(identity: string, change: ObjectChange): void {
    const list = this.#byIdentity.get(identity)!;
    const before = this.#standing.get(identity);
    const after = this.#lastOf(list);
    if (list.length === 0) {
      this.#byIdentity.delete(identity);
    }
    if (before === after) {
      return;
    }
    if (before) {
      change.removed.push(before);
      this.#standing.delete(identity);
    }
    if (after) {
      change.added.push(after);
      this.#standing.set(identity, after);
    }
  }

  #lastOf(list: readonly Resource[]): Resource | undefined {
    const sorted = this.#sorted(list);
    return sorted.findLast((it) => it.standing === 'accepted') ?? sorted.at(-1);
  }

  #sorted(list: readonly Resource[]): Resource[] {
    if (list.length < 2) {
      return [...list];
    }
    const keyed = list.map((resource) => {
      const { file, order } = this.#homeOf(resource);
      return { resource, key: `${file}\n${order}` };
    });
    return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map((it) => it.resource);
  }
}
