import type { Resource } from '../model/resource';
import type { Labels, Subset, TrafficPolicy } from '../model/specs';
import type { View } from '../workspace/view';
import { compareSelectiveFirst } from './age';
import { deriveList } from './derive';
import { meshFacts } from './facts';
import { isWildcard, mostSpecific, resolveShortName } from './hosts';
import { type Origin, origin, sameResource } from './origin';
import type { MeshService } from './service';

/** What istiod makes of the DestinationRules that one namespace writes for one host. */
export interface ConsolidatedRule {
  /** The host with its short name completed. */
  readonly host: string;
  /** As written; empty when the mesh default decides. */
  readonly exportTo: readonly string[];
  readonly trafficPolicy?: { readonly policy: TrafficPolicy; readonly origin: Origin };
  readonly subsets: readonly RuleSubset[];
  /** Every rule that went in, the one that counts most first. */
  readonly from: readonly Resource<'DestinationRule'>[];
  readonly workloadSelector?: Labels;
}

export interface RuleSubset {
  readonly name: string;
  readonly subset: Subset;
  readonly origin: Origin;
}

interface RuleIndex {
  readonly exact: Map<string, OpenRule[]>;
  readonly wildcards: Map<string, OpenRule[]>;
}

/** A rule that others are still joined to. */
interface OpenRule extends ConsolidatedRule {
  trafficPolicy?: ConsolidatedRule['trafficPolicy'];
  readonly subsets: RuleSubset[];
  readonly names: Set<string>;
  readonly from: Resource<'DestinationRule'>[];
}

interface NamespaceRules {
  /** For proxies of the namespace itself. */
  readonly local: RuleIndex;
  /** For proxies of other namespaces. */
  readonly exported: RuleIndex;
  /** What is not exported at all. */
  readonly private: RuleIndex;
}

/**
 * The rule that clusters of `service` follow on a proxy of `clientNamespace` with these labels.
 *
 * The first namespace with any rule for the host decides, and nothing is merged across namespaces: the client's,
 * the service's, the root namespace.
 */
export function destinationRule(
  view: View,
  clientNamespace: string,
  service: Pick<MeshService, 'hostname' | 'namespace'>,
  labels: Labels = {},
): ConsolidatedRule | undefined {
  return pickRule(destinationRules(view, clientNamespace, service), clientNamespace, labels);
}

/** Of several rules in the namespace that decides: one for these very pods, else the last one for all. */
function pickRule(
  rules: readonly ConsolidatedRule[],
  clientNamespace: string,
  labels: Labels,
): ConsolidatedRule | undefined {
  const own = rules.find(
    (it) =>
      it.workloadSelector !== undefined &&
      it.from[0]!.namespace === clientNamespace &&
      isSelectedBy(it.workloadSelector, labels),
  );
  return own ?? rules.findLast((it) => it.workloadSelector === undefined);
}

export function isSelectedBy(selector: Labels, labels: Labels): boolean {
  for (const name in selector) {
    if (labels[name] !== selector[name]) {
      return false;
    }
  }
  return true;
}

/** Every rule of the namespace that decides; more than one when their visibility or their pods differ. */
export function destinationRules(
  view: View,
  clientNamespace: string,
  service: Pick<MeshService, 'hostname' | 'namespace'>,
): readonly ConsolidatedRule[] {
  const key = `${clientNamespace} ${service.namespace} ${service.hostname}`;
  return deriveList(
    view,
    'mesh/destination-rules',
    key,
    () => lookUp(view, clientNamespace, service),
    sameRule,
  );
}

function sameRule(a: ConsolidatedRule, b: ConsolidatedRule): boolean {
  return a.from.length === b.from.length && a.from.every((rule, index) => sameResource(rule, b.from[index]));
}

function lookUp(
  view: View,
  clientNamespace: string,
  { hostname, namespace }: Pick<MeshService, 'hostname' | 'namespace'>,
): readonly ConsolidatedRule[] {
  const root = meshFacts(view).rootNamespace.value;
  const own = namespaceRules(view, clientNamespace);
  // In the root namespace the rules for everyone come last, or they would hide those beside the services.
  const local = find(clientNamespace === root ? own.private : own.local, hostname);
  if (local) {
    return local;
  }
  for (const home of [namespace, root]) {
    const found = find(namespaceRules(view, home).exported, hostname) ?? [];
    const visible = found.filter((it) => isRuleExportedTo(it.exportTo, clientNamespace));
    if (visible.length > 0) {
      return visible;
    }
  }
  return [];
}

function find(index: RuleIndex, hostname: string): readonly ConsolidatedRule[] | undefined {
  return mostSpecific(hostname, index.exact, index.wildcards)?.value;
}

function isRuleExportedTo(exportTo: readonly string[], namespace: string): boolean {
  return exportTo.length === 0 || exportTo.includes('*') || exportTo.includes(namespace);
}

/** The DestinationRules of a namespace in the order in which they are merged. */
function rulesIn(view: View, namespace: string): readonly Resource<'DestinationRule'>[] {
  return deriveList(
    view,
    'mesh/destination-rules-in',
    namespace,
    () => view.allIn('DestinationRule', namespace).toSorted(compareSelectiveFirst),
    sameResource,
  );
}

function namespaceRules(view: View, namespace: string): NamespaceRules {
  return view.derive('mesh/namespace-rules', namespace, () => {
    const rules = { local: newIndex(), exported: newIndex(), private: newIndex() };
    const byDefault = meshFacts(view).defaultDestinationRuleExportTo.value;
    for (const resource of rulesIn(view, namespace)) {
      const exportTo = resource.spec.workloadSelector ? ['.'] : [...new Set(resource.spec.exportTo ?? [])];
      if (exportTo.length === 0 || exportTo.some((it) => ['*', '.', namespace].includes(it))) {
        merge(rules.local, resource, exportTo);
      }
      const isPrivate =
        exportTo.length === 0
          ? byDefault.includes('.')
          : exportTo.length === 1 && ['.', namespace].includes(exportTo[0]!);
      merge(isPrivate ? rules.private : rules.exported, resource, exportTo);
    }
    return rules;
  });
}

function newIndex(): RuleIndex {
  return { exact: new Map(), wildcards: new Map() };
}

function merge(index: RuleIndex, resource: Resource<'DestinationRule'>, exportTo: readonly string[]): void {
  const rule = consolidated(resource, exportTo);
  const map = isWildcard(rule.host) ? index.wildcards : index.exact;
  const known = map.get(rule.host);
  if (!known) {
    map.set(rule.host, [rule]);
    return;
  }
  let separate = true;
  known.forEach((other) => {
    const same = sameSet(rule.exportTo, other.exportTo);
    const wider = other.exportTo.length > 0 && other.exportTo.every((it) => rule.exportTo.includes(it));
    separate = !same;
    if (!same && !wider) {
      return;
    }
    const selected = [rule, other].filter((it) => it.workloadSelector !== undefined).length;
    const samePods = sameLabels(rule.workloadSelector, other.workloadSelector);
    if (selected === 2 && !samePods) {
      separate = true;
      return;
    }
    if (selected === 0 || selected === 2) {
      separate = false;
    }
    join(other, rule);
  });
  if (separate) {
    known.push(rule);
  }
}

function consolidated(resource: Resource<'DestinationRule'>, exportTo: readonly string[]): OpenRule {
  const { spec } = resource;
  return {
    names: new Set((spec.subsets ?? []).map((it) => it.name ?? '')),
    host: resolveShortName(spec.host ?? '', resource.namespace),
    exportTo,
    ...(spec.trafficPolicy && {
      trafficPolicy: { policy: spec.trafficPolicy, origin: origin(resource, 'spec', 'trafficPolicy') },
    }),
    subsets: (spec.subsets ?? []).map((subset, index): RuleSubset => {
      return { name: subset.name ?? '', subset, origin: origin(resource, 'spec', 'subsets', index) };
    }),
    from: [resource],
    ...(spec.workloadSelector && { workloadSelector: spec.workloadSelector.matchLabels ?? {} }),
  };
}

/** The later rule adds subsets of new names, and a policy where there is none yet. */
function join(first: OpenRule, later: ConsolidatedRule): void {
  first.trafficPolicy ??= later.trafficPolicy;
  first.from.push(...later.from);
  for (const subset of later.subsets) {
    if (!first.names.has(subset.name)) {
      first.names.add(subset.name);
      first.subsets.push(subset);
    }
  }
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((it) => b.includes(it));
}

function sameLabels(a: Labels = {}, b: Labels = {}): boolean {
  return isSelectedBy(a, b) && isSelectedBy(b, a);
}

/** The subset of this name, or nothing when the rule that decides has none. */
export function subsetOf(rule: ConsolidatedRule | undefined, name: string): RuleSubset | undefined {
  return rule?.subsets.find((it) => it.name === name);
}
