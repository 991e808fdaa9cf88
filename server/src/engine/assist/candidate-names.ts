import { meshFacts } from '../mesh/facts';
import { compareText } from '../mesh/hosts';
import { type Kind, trafficKinds } from '../model/resource';
import type { View } from '../workspace/view';
import type { Candidate } from './candidate';
import { textAt } from './manifest';
import type { Site } from './reference-sites';

/** Namespaces the scope knows of. */
export function namespacesIn(view: View): readonly string[] {
  const declared = view.all('Namespace').map((it) => it.name);
  const used = namespacedKinds.flatMap((kind) =>
    view.all(kind).flatMap((it) => (it.namespaceKnown ? it.namespace : [])),
  );
  return [...new Set([...declared, ...used, meshFacts(view).rootNamespace.value])].sort(compareText);
}

/** Namespaces the scope knows of, and for `exportTo` the signs it has. */
export function namespaceCandidates(view: View, { path }: Site): readonly Candidate[] {
  const declared = new Set(view.all('Namespace').map((it) => it.name));
  const named = namespacesIn(view).map(
    (value): Candidate => ({
      value,
      ...(declared.has(value) && { detail: 'Namespace' }),
    }),
  );
  return path.includes('exportTo') ? [...signs, ...named] : named;
}

const signs: readonly Candidate[] = [
  { value: '.', detail: 'this namespace only' },
  { value: '*', detail: 'every namespace' },
  { value: '~', detail: 'no namespace' },
];

const namespacedKinds: readonly Kind[] = [
  ...trafficKinds,
  'WorkloadEntry',
  'Service',
  'Workload',
  'ConfigMap',
  'Secret',
];

/** Secrets by name: those of the object's own namespace first. */
export function secretCandidates(view: View, { manifest }: Site): readonly Candidate[] {
  const distance = (namespace: string): number => (namespace === manifest.namespace ? 0 : 1);
  return view
    .all('Secret')
    .toSorted((a, b) => distance(a.namespace) - distance(b.namespace) || compareText(a.name, b.name))
    .map((it) => ({
      value: it.name,
      detail: `Secret of ${it.namespace}${it.spec.type ? `, ${it.spec.type}` : ''}`,
    }));
}

/** Only a VirtualService without hosts can be delegated to. */
export function delegateCandidates(view: View, { manifest, path }: Site): readonly Candidate[] {
  const namespace = textAt(manifest.object, [...path.slice(0, -1), 'namespace']) || manifest.namespace;
  return view
    .all('VirtualService')
    .filter((it) => (it.spec.hosts ?? []).length === 0 && it.namespace === namespace)
    .map((it) => ({ value: it.name, detail: `VirtualService ${it.namespace}/${it.name}` }));
}
