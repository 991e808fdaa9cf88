import type { Finding } from './model/finding';
import type { MayCheck } from './rules/checker';
import type { Slot } from './source/source';

type Find = (uri: string, slot: Slot, mayCheck?: MayCheck) => readonly Finding[];

/** The findings of each file by document, asked for again only where they may be others. */
export class FileFindings {
  readonly #find: Find;
  /** Of each file the documents that have findings; most have none. */
  readonly #known = new Map<string, Map<Slot, readonly Finding[]>>();
  readonly #stale = new Map<string, Set<Slot>>();

  constructor(find: Find) {
    this.#find = find;
  }

  /** `slots` are all documents of the file; `mayCheck` is passed on. */
  of(uri: string, slots: () => Iterable<Slot>, mayCheck?: MayCheck): readonly Finding[] {
    let known = this.#known.get(uri);
    const wanted = known ? (this.#stale.get(uri) ?? []) : slots();
    if (!known) {
      known = new Map();
      this.#known.set(uri, known);
    }
    this.#stale.delete(uri);
    for (const slot of wanted) {
      const found = this.#find(uri, slot, mayCheck);
      if (found.length > 0) {
        known.set(slot, found);
      } else {
        known.delete(slot);
      }
    }
    return [...known.values()].flat();
  }

  markStale(uri: string, slot: Slot): void {
    if (this.#known.has(uri)) {
      const stale = this.#stale.get(uri) ?? new Set();
      this.#stale.set(uri, stale.add(slot));
    }
  }

  remove(uri: string, slot: Slot): void {
    this.#known.get(uri)?.delete(slot);
    this.#stale.get(uri)?.delete(slot);
  }

  clear(): void {
    this.#known.clear();
    this.#stale.clear();
  }
}
