import { compareText } from '../../mesh/hosts';
import type { Kind, Resource } from '../../model/resource';
import type { View } from '../../workspace/view';
import { everyProfile, type Rule, type RuleDefinition, rule } from '../rule';

/** What a rule of this folder declares; the layer and the profiles follow from that it is here. */
export interface Message<On extends Kind> extends Omit<RuleDefinition<On>, 'layer' | 'profiles'> {
  readonly name: `istioctl/${string}`;
  readonly istio: `IST${string}`;
  /** It is right about egress too, and no rule of ours says it already. */
  readonly recommended?: true;
}

/**
 * A message of `istioctl analyze`, given exactly where istioctl gives it. What istioctl takes for the world differs from
 * what proxies know, so these rules ask the tables of this folder and not `mesh/`.
 */
export function message<const On extends Kind>({ recommended, ...definition }: Message<On>): Rule {
  return rule<On>({
    ...definition,
    layer: 'analysis',
    profiles: recommended ? everyProfile : ['istioctl'],
    *check(resource, view, others) {
      if (isSeen(resource)) {
        yield* definition.check(resource, view, others);
      }
    },
  });
}

/** Namespaces of Kubernetes itself, whose documents istioctl drops. */
const ignoredNamespaces: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);

/** Whether istioctl looks at an object of this name. */
export function isSeen({
  kind,
  namespace,
  name,
}: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): boolean {
  return !ignoredNamespaces.has(kind === 'Namespace' ? name : namespace);
}

/** The resources of a kind that istioctl looks at, by their names: where it leaves a choice to chance, the order decides. */
export function seen<K extends Kind>(view: View, kind: K): readonly Resource<K>[] {
  return view
    .all(kind)
    .filter(isSeen)
    .toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.name, b.name));
}
