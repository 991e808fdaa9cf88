import type { KindSchema } from './schema';

/** A kind as a CustomResourceDefinition declares it: one schema for each version that is served, by apiVersion. */
export type CrdSchema = ReadonlyMap<string, KindSchema>;

/** The CustomResourceDefinitions of a scope that are about Istio's groups, by {@link crdKey}. */
export type Crds = ReadonlyMap<string, CrdSchema>;

export const noCrds: Crds = new Map();

export function crdKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

/** The schema that judges an object, or, where its version is not served, one that says which versions are. */
export function schemaOf(
  kind: string,
  apiVersion: string | undefined,
  builtIn: KindSchema | undefined,
  crds: Crds | undefined,
): KindSchema | undefined {
  if (!crds || crds.size === 0) {
    return builtIn;
  }
  const group = apiVersion?.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : builtIn?.group;
  const crd =
    crds.get(crdKey(group ?? '', kind)) ?? (builtIn && crds.get(crdKey(builtIn.group, builtIn.kind)));
  return crd?.get(apiVersion ?? '') ?? crd?.values().next().value ?? builtIn;
}

/** The kinds whose schema is another in `after`. */
export function changedKinds(before: Crds, after: Crds): ReadonlySet<string> {
  const keys = [...before.keys(), ...after.keys()];
  return new Set(keys.filter((key) => before.get(key) !== after.get(key)));
}
