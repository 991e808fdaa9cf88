import type { Anchor, DocumentChange, Finding, Fix, Related, Subject } from '../model/finding';
import type { Kind, Resource } from '../model/resource';
import type { Memo } from '../reactive/reactor';
import type { Slot } from '../source/source';
import { groupBy } from '../text/collections';
import type { Scope } from '../workspace/scope';
import type { YamlEdit } from '../yaml/edit';
import type { Path } from '../yaml/node';
import { type Rule, type RuleFinding, visits, withoutIstioctl } from './rule';

/**
 * Runs rules over the documents of one scope and remembers what they found.
 *
 * A remembered answer holds until something the rules looked at changes its face; the scope's reactor knows.
 */
export class Checker {
  readonly #rules: Map<Kind, Rule[]>;
  readonly #scope: Scope;
  readonly #memos = new Map<Slot, Memo<readonly Finding[]>>();
  readonly #slots = new Map<Memo<unknown>, Slot>();

  constructor(rules: readonly Rule[], scope: Scope) {
    const visited = rules.flatMap((rule) => visits(rule).map((kind) => ({ kind, rule })));
    this.#rules = new Map(
      [...groupBy(visited, (it) => it.kind)].map(([kind, list]) => [kind, list.map((it) => it.rule)]),
    );
    this.#scope = scope;
  }

  findings(slot: Slot): readonly Finding[] {
    let memo = this.#memos.get(slot);
    if (!memo) {
      memo = this.#scope.reactor.memo(() => this.#check(slot), { root: true });
      this.#memos.set(slot, memo);
      this.#slots.set(memo as Memo<unknown>, slot);
    }
    return memo.get();
  }

  /** The documents whose findings may be others since the last call. */
  takeStale(): Slot[] {
    return this.#scope.reactor.takeStale().flatMap((memo) => this.#slots.get(memo) ?? []);
  }

  forget(slot: Slot): void {
    const memo = this.#memos.get(slot);
    if (memo) {
      memo.dispose();
      this.#memos.delete(slot);
      this.#slots.delete(memo as Memo<unknown>);
    }
  }

  #check(slot: Slot): readonly Finding[] {
    const findings: Finding[] = [];
    for (const resource of this.#scope.watch(slot)) {
      if (resource.standing !== 'accepted') {
        continue;
      }
      const taken = new Set<string>();
      for (const rule of this.#rules.get(resource.kind) ?? []) {
        if (!(rule.profiles ?? withoutIstioctl).includes(this.#scope.settings.profile)) {
          continue;
        }
        for (const found of rule.check(resource, this.#scope)) {
          // One cause, one finding: the first rule to point at a place keeps it.
          const place = `${rule.layer} ${found.path.join('\n')} ${found.part ?? ''}`;
          if (rule.layer === 'analysis' || !taken.has(place)) {
            taken.add(place);
            findings.push(toFinding(rule, resource, found));
          }
        }
      }
    }
    return findings;
  }
}

function toFinding(rule: Rule, resource: Resource, found: RuleFinding): Finding {
  return {
    code: rule.name,
    ...(rule.istio && { istio: rule.istio }),
    severity: found.severity ?? rule.severity,
    layer: rule.layer,
    slot: resource.slot,
    at: anchor(resource, found.path, found.part),
    message: found.message,
    subject: subjectOf(resource),
    related: (found.related ?? []).map(
      (it): Related => ({
        slot: it.resource.slot,
        at: anchor(it.resource, it.path),
        subject: subjectOf(it.resource),
        message: it.message,
      }),
    ),
    fixes: (found.fixes ?? []).map(
      ({ changes, ...fix }): Fix => ({
        ...fix,
        changes: changes.map(
          ({ resource: target, edits }): DocumentChange => ({
            slot: target.slot,
            edits: edits.map((it) => rebased(it, target.base)),
          }),
        ),
      }),
    ),
  };
}

function anchor(resource: Resource, path: Path, part?: 'key' | 'value'): Anchor {
  return { path: [...resource.base, ...path], ...(part && { part }) };
}

function rebased(edit: YamlEdit, base: Path): YamlEdit {
  return { ...edit, path: [...base, ...edit.path] };
}

export function subjectOf(resource: Resource): Subject {
  return { kind: resource.writtenKind, namespace: resource.namespace, name: resource.name };
}
