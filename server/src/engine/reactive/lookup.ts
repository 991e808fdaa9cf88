import { Memo, type Reactor, type Same, type Source } from './reactor';

/**
 * A table made at once, whose readers depend on the key they ask for alone. An edit of one item then wakes those who
 * asked for its key, and not everyone who ever asked for any.
 */
export class Lookup<T> {
  readonly #reactor: Reactor;
  readonly #table: Memo<ReadonlyMap<string, readonly T[]>>;
  readonly #cells = new Map<string, Source<readonly T[]>>();
  readonly #same: Same<readonly T[]>;

  constructor(reactor: Reactor, build: () => ReadonlyMap<string, readonly T[]>, same: Same<T>) {
    this.#reactor = reactor;
    this.#same = (a, b) => a.length === b.length && a.every((item, index) => same(item, b[index]!));
    this.#table = new Memo(reactor, build, Object.is, () => reactor.markUnsettled(this));
  }

  get(key: string): readonly T[] {
    if (this.#reactor.isStill) {
      return this.#table.peek().get(key) ?? [];
    }
    this.refresh();
    let cell = this.#cells.get(key);
    if (!cell) {
      cell = this.#reactor.source(this.#table.peek().get(key) ?? [], this.#same);
      this.#cells.set(key, cell);
    }
    return cell.get();
  }

  /** @internal */
  refresh(): void {
    const before = this.#table.run;
    const table = this.#table.peek();
    if (this.#table.run !== before) {
      for (const [key, cell] of this.#cells) {
        cell.set(table.get(key) ?? []);
      }
    }
  }
}
