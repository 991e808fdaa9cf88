import type { Finding } from '../model/finding';
import type { Resource } from '../model/resource';
import type { Slot } from '../source/source';
import type { Scope } from '../workspace/scope';
import { Round } from './round';
import type { OtherFindings, Rule } from './rule';

/**
 * Runs rules over the documents of one scope and remembers what they found.
 *
 * A remembered answer holds until something the rules looked at changes its face; the scope's reactor knows. Rules that
 * follow requests can be put off: then {@link findings} answers with what they last found, and {@link catchUp} runs
 * them.
 */
export class Checker implements OtherFindings {
  readonly #scope: Scope;
  readonly #causes: Round;
  readonly #requests: Round;
  readonly #asides: ReadonlySet<string>;
  readonly #defer: boolean;
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

  findings(slot: Slot): readonly Finding[] {
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

  get isBehind(): boolean {
    return this.#behind.size > 0;
  }

  /** Follows requests that were put off until `isLate`; tells the documents that have other findings now. */
  catchUp(isLate: () => boolean): Slot[] {
    const changed: Slot[] = [];
    for (const slot of this.#behind) {
      this.#behind.delete(slot);
      const before = this.#requests.last(slot);
      if (this.#requests.findings(slot) !== before) {
        changed.push(slot);
      }
      if (isLate()) {
        break;
      }
    }
    return changed;
  }

  forget(slot: Slot): void {
    this.#behind.delete(slot);
    this.#causes.forget(slot);
    this.#requests.forget(slot);
  }
}
