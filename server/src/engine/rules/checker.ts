import type { Finding } from '../model/finding';
import type { Resource } from '../model/resource';
import type { Slot } from '../source/source';
import type { Scope } from '../workspace/scope';
import { Round } from './round';
import type { OtherFindings, Rule } from './rule';

/** What a {@link Checker} has put off. */
export type Backlog = 'none' | 'documents' | 'requests';

export function mostUrgent(all: readonly Backlog[]): Backlog {
  return all.find((it) => it === 'documents') ?? all.find((it) => it === 'requests') ?? 'none';
}

export type MayCheck = () => boolean;

const always: MayCheck = () => true;
const nothing: readonly Finding[] = [];

/**
 * Runs rules over the documents of one scope and remembers what they found.
 *
 * A remembered answer holds until something the rules looked at changes its face; the scope's reactor knows. Two things
 * can be put off until {@link catchUp}: documents that were never checked, when there are many, and rules that follow
 * requests. Until then {@link findings} answers with nothing, or with what these rules last found.
 */
export class Checker implements OtherFindings {
  readonly #scope: Scope;
  readonly #causes: Round;
  readonly #requests: Round;
  readonly #asides: ReadonlySet<string>;
  readonly #defer: boolean;
  /** Documents no rule has seen yet, in the order in which they were asked for. */
  readonly #unchecked = new Set<Slot>();
  /** Documents whose requests have not been followed since something on the way changed. */
  readonly #behind = new Set<Slot>();

  constructor(rules: readonly Rule[], scope: Scope, { defer = false } = {}) {
    this.#scope = scope;
    this.#defer = defer;
    this.#asides = new Set(rules.filter((it) => it.isAside).map((it) => it.name));
    this.#causes = new Round(
      rules.filter((it) => !it.followsRequests),
      scope,
      this,
    );
    this.#requests = new Round(
      rules.filter((it) => it.followsRequests),
      scope,
      this,
    );
  }

  /** `mayCheck` says whether a document that was never checked may be checked now. */
  findings(slot: Slot, mayCheck: MayCheck = always): readonly Finding[] {
    if (this.#defer && !this.#causes.has(slot) && !mayCheck()) {
      this.#unchecked.add(slot);
      return nothing;
    }
    const causes = this.#causes.findings(slot);
    if (!this.#requests.concerns(slot)) {
      return causes;
    }
    if (!this.#defer || this.#requests.isUpToDate(slot)) {
      return [...causes, ...this.#requests.findings(slot)];
    }
    this.#behind.add(slot);
    return [...causes, ...this.#requests.last(slot)];
  }

  mention(resource: Resource): boolean {
    return this.#causes
      .findings(resource.slot)
      .some((it) => it.severity !== 'info' || !this.#asides.has(it.code));
  }

  /** The documents whose findings may be others since the last call. */
  takeStale(): Slot[] {
    const memos = this.#scope.reactor.takeStale();
    return memos.flatMap((memo) => this.#causes.slotOf(memo) ?? this.#requests.slotOf(memo) ?? []);
  }

  /** What is left to do. */
  get backlog(): Backlog {
    return this.#unchecked.size > 0 ? 'documents' : this.#behind.size > 0 ? 'requests' : 'none';
  }

  /** Does what was put off until `isLate`, documents first; tells those that have other findings now. */
  catchUp(isLate: () => boolean): Slot[] {
    return this.#unchecked.size > 0
      ? drain(this.#unchecked, isLate, (slot) => this.#isFirstTold(slot))
      : drain(this.#behind, isLate, (slot) => this.#isToldOtherwise(slot));
  }

  /** Somebody may have asked in between, and what was sent does not know of it, so what is found counts and not what is new. */
  #isFirstTold(slot: Slot): boolean {
    return this.findings(slot).length > 0;
  }

  #isToldOtherwise(slot: Slot): boolean {
    const before = this.#requests.last(slot);
    return this.#requests.findings(slot) !== before;
  }

  forget(slot: Slot): void {
    this.#unchecked.delete(slot);
    this.#behind.delete(slot);
    this.#causes.forget(slot);
    this.#requests.forget(slot);
  }
}

/** Takes slots out one by one until `isLate`, one at least; those that `changes` says yes to. */
function drain(slots: Set<Slot>, isLate: () => boolean, changes: (slot: Slot) => boolean): Slot[] {
  const changed: Slot[] = [];
  for (const slot of slots) {
    slots.delete(slot);
    if (changes(slot)) {
      changed.push(slot);
    }
    if (isLate()) {
      break;
    }
  }
  return changed;
}
