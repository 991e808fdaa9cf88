import type { Anchor, DocumentChange, Finding, Fix, Related, Subject } from '../model/finding';
import type { Kind, Resource } from '../model/resource';
import type { Memo } from '../reactive/reactor';
import type { Slot } from '../source/source';
import { groupBy } from '../text/collections';
import type { Scope } from '../workspace/scope';
import type { ScopeSettings } from '../workspace/view';
import type { YamlEdit } from '../yaml/edit';
import type { Path } from '../yaml/node';
import { hasCode } from './code-versions';
import { asQuestion, replacementOf } from './replaced';
import {
  type OtherFindings,
  type Rule,
  type RuleChange,
  type RuleFinding,
  visits,
  withoutIstioctl,
} from './rule';

const nothing: readonly Finding[] = [];

/** A rule that speaks where some settings hold. */
interface Voice {
  readonly rule: Rule;
  /** The istioctl of the mesh has its code. */
  readonly isCoded: boolean;
}

/** Some of the rules, and what each document got from them. */
export class Round {
  readonly #rules: Map<Kind, Rule[]>;
  #voices:
    | { readonly settings: ScopeSettings; readonly byKind: ReadonlyMap<Kind, readonly Voice[]> }
    | undefined;
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
    const findings = this.#scope
      .watch(slot)
      .flatMap((it) => (it.standing === 'accepted' ? this.#findingsOf(it) : []));
    return findings.length > 0 ? findings : nothing;
  }

  /** One cause, one finding: the first rule to point at a place keeps it. */
  #findingsOf(resource: Resource): Finding[] {
    const findings: Finding[] = [];
    const taken = new Set<string>();
    for (const { rule, isCoded } of this.#voicesOn(resource)) {
      for (const found of rule.check(resource, this.#scope, this.#others)) {
        if (rule.layer === 'analysis' || isNew(taken, `${found.path.join('\n')} ${found.part ?? ''}`)) {
          findings.push(toFinding(rule, resource, asQuestion(this.#scope, rule, resource, found), isCoded));
        }
      }
    }
    return findings;
  }

  #voicesOn(resource: Resource): readonly Voice[] {
    const { settings } = this.#scope;
    if (this.#voices?.settings !== settings) {
      const byKind = new Map([...this.#rules].map(([it, rules]) => [it, voices(rules, settings)]));
      this.#voices = { settings, byKind };
    }
    const all = this.#voices.byKind.get(resource.kind) ?? [];
    return all.length > 0 && replacementOf(this.#scope, resource)
      ? all.filter(({ rule }) => rule.ofReplaced)
      : all;
  }
}

function isNew(taken: Set<string>, place: string): boolean {
  const before = taken.size;
  return taken.add(place).size > before;
}

function voices(rules: readonly Rule[], { profile, targetVersion }: ScopeSettings): readonly Voice[] {
  return rules
    .map((rule) => ({ rule, isCoded: rule.istio === undefined || hasCode(rule.istio, targetVersion) }))
    .filter(
      ({ rule, isCoded }) =>
        (rule.profiles ?? withoutIstioctl).includes(profile) && (profile !== 'istioctl' || isCoded),
    );
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
        changes: changes.map(toDocumentChange),
      }),
    ),
  };
}

function toDocumentChange({ resource: { slot, base }, ...change }: RuleChange): DocumentChange {
  return 'edits' in change
    ? { slot, edits: change.edits.map((it) => rebased(it, base)) }
    : { slot, ...change };
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
