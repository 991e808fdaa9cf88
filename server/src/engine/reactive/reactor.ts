/**
 * Values that remember what they were computed from.
 *
 * A {@link Source} is set from outside, a {@link Memo} computes from others. Setting a source marks what depends
 * on it, and only that; nothing is computed before it is asked for, and a memo that comes out the same stops the
 * wave. This is what makes an edit cost what the edit can affect.
 */
export class Reactor {
  #active: Memo<unknown> | undefined;
  readonly #stale = new Set<Memo<unknown>>();

  /** How many memos were computed, as opposed to answered from memory. Tests assert on it. */
  computed = 0;

  source<T>(value: T, same: Same<T> = Object.is): Source<T> {
    return new Source(this, value, same);
  }

  /** `root` memos are reported by {@link takeStale} once something below them may have changed. */
  memo<T>(compute: () => T, options: { readonly same?: Same<T>; readonly root?: boolean } = {}): Memo<T> {
    return new Memo(this, compute, options.same ?? Object.is, options.root ?? false);
  }

  /** The root memos that may answer differently since the last call. */
  takeStale(): readonly Memo<unknown>[] {
    const taken = [...this.#stale];
    this.#stale.clear();
    return taken;
  }

  /** @internal */
  observe(node: Source<never> | Memo<never>): void {
    this.#active?.dependOn(node);
  }

  /** @internal */
  run<T>(memo: Memo<T>, compute: () => T): T {
    const outer = this.#active;
    this.#active = memo as Memo<unknown>;
    this.computed++;
    try {
      return compute();
    } finally {
      this.#active = outer;
    }
  }

  /** @internal */
  markStale(memo: Memo<unknown>): void {
    this.#stale.add(memo);
  }
}

export type Same<T> = (before: T, after: T) => boolean;

export class Source<T> {
  readonly observers = new Set<Memo<unknown>>();
  readonly #reactor: Reactor;
  readonly #same: Same<T>;
  #value: T;

  constructor(reactor: Reactor, value: T, same: Same<T>) {
    this.#reactor = reactor;
    this.#value = value;
    this.#same = same;
  }

  get(): T {
    this.#reactor.observe(this as unknown as Source<never>);
    return this.#value;
  }

  set(value: T): void {
    const changed = !this.#same(this.#value, value);
    this.#value = value;
    if (changed) {
      for (const observer of [...this.observers]) {
        observer.mark('dirty');
      }
    }
  }

  /** Sources are always up to date. */
  refresh(): void {}
}

type State = 'clean' | 'check' | 'dirty';

export class Memo<T> {
  readonly observers = new Set<Memo<unknown>>();
  readonly #reactor: Reactor;
  readonly #compute: () => T;
  readonly #same: Same<T>;
  readonly #root: boolean;
  #dependencies = new Set<Source<never> | Memo<never>>();
  #state: State = 'dirty';
  #value: T | undefined;
  #hasValue = false;

  constructor(reactor: Reactor, compute: () => T, same: Same<T>, root: boolean) {
    this.#reactor = reactor;
    this.#compute = compute;
    this.#same = same;
    this.#root = root;
  }

  get(): T {
    this.refresh();
    this.#reactor.observe(this as unknown as Memo<never>);
    return this.#value as T;
  }

  /** Brings the value up to date and tells observers when it became another one. */
  refresh(): void {
    if (this.#state === 'check') {
      for (const dependency of this.#dependencies) {
        dependency.refresh();
        if ((this.#state as State) === 'dirty') {
          break;
        }
      }
    }
    if (this.#state === 'dirty') {
      this.#recompute();
    }
    this.#state = 'clean';
  }

  #recompute(): void {
    this.#drop();
    const value = this.#reactor.run(this, this.#compute);
    const changed = !this.#hasValue || !this.#same(this.#value as T, value);
    if (changed) {
      this.#value = value;
      this.#hasValue = true;
      for (const observer of this.observers) {
        observer.mark('dirty');
      }
    }
  }

  /** @internal */
  dependOn(node: Source<never> | Memo<never>): void {
    if (!this.#dependencies.has(node)) {
      this.#dependencies.add(node);
      node.observers.add(this as Memo<unknown>);
    }
  }

  /** @internal */
  mark(state: 'check' | 'dirty'): void {
    const before = this.#state;
    if (before === 'dirty' || before === state) {
      return;
    }
    this.#state = state;
    if (before === 'clean') {
      if (this.#root) {
        this.#reactor.markStale(this as Memo<unknown>);
      }
      for (const observer of this.observers) {
        observer.mark('check');
      }
    }
  }

  /** Forgets what it depends on, so that nothing keeps it alive. */
  dispose(): void {
    this.#drop();
    this.#state = 'dirty';
  }

  #drop(): void {
    for (const dependency of this.#dependencies) {
      dependency.observers.delete(this as Memo<unknown>);
    }
    this.#dependencies = new Set();
  }
}
