/**
 * Values that remember what they were computed from.
 *
 * A {@link Source} is set from outside, a {@link Memo} computes from others. Setting a source marks what depends
 * on it, and only that; nothing is computed before it is asked for, and a memo that comes out the same stops the
 * wave. This is what makes an edit cost what the edit can affect.
 */
export class Reactor {
  /** @internal The memo that is being computed. */
  active: Memo<unknown> | undefined;
  #runs = 0;
  readonly #stale = new Set<Memo<unknown>>();
  readonly #unsettled = new Set<Unsettled>();

  /** How many memos were computed, as opposed to answered from memory. Tests assert on it. */
  computed = 0;

  /** When no source will ever be set again, nothing is noted of what depends on what. */
  constructor(readonly isStill = false) {}

  source<T>(value: T, same: Same<T> = Object.is): Source<T> {
    return new Source(this, value, same);
  }

  /** `root` memos are reported by {@link takeStale} once something below them may have changed. */
  memo<T>(compute: () => T, options: { readonly same?: Same<T>; readonly root?: boolean } = {}): Memo<T> {
    const memo: Memo<T> = new Memo(this, compute, options.same ?? Object.is, () => {
      if (options.root) {
        this.markStale(memo as Memo<unknown>);
      }
    });
    return memo;
  }

  /** The root memos that may answer differently since the last call. */
  takeStale(): readonly Memo<unknown>[] {
    this.settle();
    const taken = [...this.#stale];
    this.#stale.clear();
    return taken;
  }

  /** @internal */
  observe(node: Node): void {
    const { active } = this;
    if (active && node.lastReader !== active.run) {
      node.lastReader = active.run;
      active.dependOn(node);
    }
  }

  /** @internal A number for one computation of one memo, never used again. */
  startRun(): number {
    this.computed++;
    return ++this.#runs;
  }

  /** @internal */
  markStale(memo: Memo<unknown>): void {
    this.#stale.add(memo);
  }

  /** @internal */
  markUnsettled(part: Unsettled): void {
    this.#unsettled.add(part);
  }

  /** @internal Makes tables anew, so that the readers of keys that changed hear of it before anyone else asks. */
  settle(): void {
    while (this.#unsettled.size > 0) {
      const [first] = this.#unsettled;
      this.#unsettled.delete(first!);
      first!.refresh();
    }
  }
}

/** Brings readers up to date that depend on a part of something. */
export interface Unsettled {
  refresh(): void;
}

export type Same<T> = (before: T, after: T) => boolean;

/** Something to depend on. Nearly all have one observer or none, so only the others pay for a set. */
abstract class Node {
  /** The computation that read it last, so that it is noted once. */
  lastReader = 0;
  #observers: Memo<unknown> | Set<Memo<unknown>> | undefined;

  abstract refresh(): void;

  observe(memo: Memo<unknown>): void {
    const known = this.#observers;
    if (known === undefined) {
      this.#observers = memo;
    } else if (known instanceof Set) {
      known.add(memo);
    } else if (known !== memo) {
      this.#observers = new Set([known, memo]);
    }
  }

  ignore(memo: Memo<unknown>): void {
    if (this.#observers instanceof Set) {
      this.#observers.delete(memo);
    } else if (this.#observers === memo) {
      this.#observers = undefined;
    }
  }

  /** The list is copied, since observers come and go while they are told. */
  protected tell(state: 'check' | 'dirty'): void {
    const known = this.#observers;
    if (known instanceof Set) {
      for (const observer of [...known]) {
        observer.mark(state);
      }
    } else {
      known?.mark(state);
    }
  }
}

export class Source<T> extends Node {
  readonly #reactor: Reactor;
  readonly #same: Same<T>;
  #value: T;

  constructor(reactor: Reactor, value: T, same: Same<T>) {
    super();
    this.#reactor = reactor;
    this.#value = value;
    this.#same = same;
  }

  get(): T {
    this.#reactor.observe(this);
    return this.#value;
  }

  set(value: T): void {
    const changed = !this.#same(this.#value, value);
    this.#value = value;
    if (changed) {
      this.tell('dirty');
    }
  }

  /** Sources are always up to date. */
  refresh(): void {}
}

type State = 'clean' | 'check' | 'dirty';

export class Memo<T> extends Node {
  readonly #reactor: Reactor;
  readonly #compute: () => T;
  readonly #same: Same<T>;
  readonly #onStale: () => void;
  #dependencies: Node[] = [];
  #state: State = 'dirty';
  #value: T | undefined;
  #hasValue = false;
  /** @internal The computation under way, or the last one. */
  run = 0;

  /** `onStale` is called when the value may have become another one. */
  constructor(reactor: Reactor, compute: () => T, same: Same<T>, onStale: () => void) {
    super();
    this.#reactor = reactor;
    this.#compute = compute;
    this.#same = same;
    this.#onStale = onStale;
  }

  get(): T {
    if (!this.#reactor.active) {
      this.#reactor.settle();
    }
    const value = this.peek();
    this.#reactor.observe(this);
    return value;
  }

  /** The value, without depending on it. */
  peek(): T {
    this.refresh();
    return this.#value as T;
  }

  /** False while something it read may have changed. */
  get isUpToDate(): boolean {
    return this.#state === 'clean';
  }

  /** The value as it was last computed, whether or not it still holds. */
  get last(): T | undefined {
    return this.#value;
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
    const value = this.#computeNow();
    const changed = !this.#hasValue || !this.#same(this.#value as T, value);
    if (changed) {
      this.#value = value;
      this.#hasValue = true;
      this.tell('dirty');
    }
  }

  #computeNow(): T {
    const outer = this.#reactor.active;
    this.run = this.#reactor.startRun();
    if (this.#reactor.isStill) {
      return this.#compute();
    }
    this.#reactor.active = this as Memo<unknown>;
    try {
      return this.#compute();
    } finally {
      this.#reactor.active = outer;
    }
  }

  /** @internal */
  dependOn(node: Node): void {
    this.#dependencies.push(node);
    node.observe(this as Memo<unknown>);
  }

  /** @internal */
  mark(state: 'check' | 'dirty'): void {
    const before = this.#state;
    if (before === 'dirty' || before === state) {
      return;
    }
    this.#state = state;
    if (before === 'clean') {
      this.#onStale();
      this.tell('check');
    }
  }

  /** Forgets what it depends on, so that nothing keeps it alive. */
  dispose(): void {
    this.#drop();
    this.#state = 'dirty';
  }

  #drop(): void {
    for (const dependency of this.#dependencies) {
      dependency.ignore(this as Memo<unknown>);
    }
    this.#dependencies = [];
  }
}
