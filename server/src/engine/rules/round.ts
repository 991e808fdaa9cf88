import type { Anchor, DocumentChange, Finding, Fix, Related, Subject } from '../model/finding';
import type { Kind, Resource } from '../model/resource';
import type { Memo } from '../reactive/reactor';
import type { Slot } from '../source/source';
import { groupBy } from '../text/collections';
import type { Scope } from '../workspace/scope';
import type { YamlEdit } from '../yaml/edit';
import type { Path } from '../yaml/node';
import { hasCode } from './code-versions';
import { type OtherFindings, type Rule, type RuleFinding, visits, withoutIstioctl } from './rule';

const nothing: readonly Finding[] = [];

/** Some of the rules, and what each document got from them. */
export class Round {
  readonly #rules: Map<Kind, Rule[]>;
  readonly #scope: Scope;
  readonly #others: OtherFindings;
  readonly #memos = new Map<Slot, Memo<readonly Finding[]>>();
  readonly #slots = new Map<Memo<unknown>, Slot>();

  constructor(rules: readonly Rule[], scope: Scope, others: OtherFindings) {
    const visited = rules.flatMap((rule) => visits(rule).map((kind) => ({ kind, rule })));
    this.#rules = new Map(
      [...groupBy(visited, (it) => it.kind)].map(([kind, list]) => [kind, list.map((it) => it.rule)]),
    );
    this.#scope = scope;
    this.#others = others;
  }

  concerns(slot: Slot): boolean {
    return this.#scope.resourcesOf(slot).some((it) => this.#rules.has(it.kind)) || this.#memos.has(slot);
  }

  /** Whether it has ever looked at a document. */
  has(slot: Slot): boolean {
    return this.#memos.has(slot);
  }

  isUpToDate(slot: Slot): boolean {
    return this.#memos.get(slot)?.isUpToDate ?? false;
  }

  /** What was found the last time, whether or not it still holds. */
  last(slot: Slot): readonly Finding[] {
    return this.#memos.get(slot)?.last ?? nothing;
  }

  findings(slot: Slot): readonly Finding[] {
    let memo = this.#memos.get(slot);
    if (!memo) {
      memo = this.#scope.reactor.memo(() => this.#check(slot), { root: true, same: bothEmpty });
      this.#memos.set(slot, memo);
      this.#slots.set(memo as Memo<unknown>, slot);
    }
    return memo.get();
  }

  slotOf(memo: Memo<unknown>): Slot | undefined {
    return this.#slots.get(memo);
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
      const rules = resource.standing === 'accepted' ? (this.#rules.get(resource.kind) ?? []) : [];
      findings.push(...this.#found(rules, resource));
    }
    return findings.length > 0 ? findings : nothing;
  }

  /** One cause, one finding: the first rule to point at a place keeps it. */
  *#found(rules: readonly Rule[], resource: Resource): Iterable<Finding> {
    const taken = new Set<string>();
    const { profile, targetVersion } = this.#scope.settings;
    for (const rule of rules) {
      const isCoded = rule.istio === undefined || hasCode(rule.istio, targetVersion);
      if (!(rule.profiles ?? withoutIstioctl).includes(profile) || (profile === 'istioctl' && !isCoded)) {
        continue;
      }
      for (const found of rule.check(resource, this.#scope, this.#others)) {
        const place = `${rule.layer} ${found.path.join('\n')} ${found.part ?? ''}`;
        if (rule.layer === 'analysis' || !taken.has(place)) {
          taken.add(place);
          yield toFinding(rule, resource, found, isCoded);
        }
      }
    }
  }
}

function bothEmpty(a: readonly Finding[], b: readonly Finding[]): boolean {
  return a.length === 0 && b.length === 0;
}

function toFinding(rule: Rule, resource: Resource, found: RuleFinding, isCoded: boolean): Finding {
  return {
    code: rule.name,
    ...(isCoded && rule.istio && { istio: rule.istio }),
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
        subject: it.subject ?? subjectOf(it.resource),
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

function subjectOf(resource: Resource): Subject {
  return { kind: resource.writtenKind, namespace: resource.namespace, name: resource.name };
}
