import type { Severity, Subject } from '../model/finding';
import type { Kind, Resource } from '../model/resource';
import type { Profile, View } from '../workspace/view';
import type { YamlEdit, YamlValue } from '../yaml/edit';
import type { Path } from '../yaml/node';

/** What a rule file declares. */
export interface RuleDefinition<On extends Kind> {
  /** `group/file-name`, as in settings, pages and suppression comments. */
  readonly name: `${string}/${string}`;
  /** The code `istioctl analyze` has, where it means the same. */
  readonly istio?: `IST${string}`;
  /** `analysis` repeats what istioctl says; `traffic` follows the requests, where istioctl is blind. */
  readonly layer: 'analysis' | 'traffic';
  /** The usual one; a finding may carry another, with a reason. */
  readonly severity: Severity;
  /** One sentence for the rule table: what is wrong, not what the rule does. */
  readonly summary: string;
  /** The kinds this rule visits: where its findings stand. */
  readonly on: On | readonly On[];
  /** Where it speaks; everywhere but in `istioctl` when left out. */
  readonly profiles?: readonly Profile[];

  /**
   * Such a rule follows requests to their end, so it sees that something is wrong where the others do not. It runs after
   * them, on its own time, and is silent where one of them has told the cause.
   */
  readonly followsRequests?: true;
  /** Such a rule speaks of documents that do not stand too; what the others would say of them comes true nowhere. */
  readonly ofReplaced?: true;
  /** Such a rule tells of something beside the requests that a document is for, so it explains nothing about those. */
  readonly isAside?: true;

  /** Only accepted resources come here. Everything asked of `view` is remembered as a dependency. */
  check(resource: Resource<On>, view: View, others: OtherFindings): Iterable<RuleFinding>;
}

/** What rules that look at single causes have to say. */
export interface OtherFindings {
  /** Whether one of them says something of a resource, if only that a thing it needs is not in these files. */
  mention(resource: Resource): boolean;
}

/** What the engine runs. */
export type Rule = RuleDefinition<Kind>;

/** Paths count from the root of the object, such as `['spec', 'hosts', 0]`. */
export interface RuleFinding {
  readonly path: Path;
  readonly part?: 'key' | 'value';
  readonly message: string;
  readonly severity?: Severity;
  readonly related?: readonly RuleRelated[];
  readonly fixes?: readonly RuleFix[];
}

export interface RuleRelated {
  readonly resource: Resource;
  readonly path: Path;
  readonly message: string;
  /** The object meant, where it is missing and `resource` only names it. */
  readonly subject?: Subject;
}

export interface RuleFix {
  readonly title: string;
  readonly preferred?: boolean;
  readonly safe?: boolean;
  readonly changes: readonly RuleChange[];
}

/** Edits of a resource, or an object that is written behind its document. */
export type RuleChange =
  | { readonly resource: Resource; readonly edits: readonly YamlEdit[] }
  | { readonly resource: Resource; readonly object: YamlValue };

/** Reads `On` off the literal, so that `check` needs no annotations. */
export function rule<const On extends Kind>(definition: RuleDefinition<On>): Rule {
  // Sound because the checker calls a rule only with resources of the kind in `on`.
  return definition as unknown as Rule;
}

/** A fix that edits one resource. */
export function edit(
  title: string,
  resource: Resource,
  edits: readonly YamlEdit[],
  options: { readonly preferred?: boolean; readonly safe?: boolean } = {},
): RuleFix {
  return { title, changes: [{ resource, edits }], ...options };
}

export function visits(it: Rule): readonly Kind[] {
  return typeof it.on === 'string' ? [it.on] : it.on;
}

export const everyProfile: readonly Profile[] = ['recommended', 'istioctl', 'strict'];
export const withoutIstioctl: readonly Profile[] = ['recommended', 'strict'];
