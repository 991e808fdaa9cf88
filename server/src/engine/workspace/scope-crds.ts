import type { InspectedObject, Inspector } from '../admission/inspect';
import { groupOf } from '../model/kinds';
import { type CrdSchema, type Crds, changedKinds, crdKey } from '../schema/crd';
import { type ReadCrd, readCrd } from '../schema/read-crd';
import type { SourceDocument, SourceFile } from '../source/source';
import type { PlannedFile } from './planned-scope';

/** A file as far as its CustomResourceDefinitions are concerned. */
interface CrdFile {
  readonly source: SourceFile;
  readonly planned: PlannedFile;
}

const kind = 'CustomResourceDefinition';

export function holdsCrds({ planned }: CrdFile): boolean {
  return planned.identities.some((it) => it.startsWith(`${kind} `));
}

/** What the files' CustomResourceDefinitions say of Istio's kinds; `before` where they say the same. */
export function crdsIn(files: readonly CrdFile[], inspector: Inspector, before: Crds): Crds {
  const found = new Map<string, CrdSchema>();
  for (const { source } of files.filter(holdsCrds)) {
    for (const { document } of source.entries) {
      for (const { group, kind, schema } of crdsOf(document, inspector)) {
        found.set(crdKey(group, kind), schema);
      }
    }
  }
  return changedKinds(before, found).size === 0 ? before : found;
}

/** A broken one, or one that is filled in later, says nothing. */
function crdsOf(document: SourceDocument, inspector: Inspector): readonly ReadCrd[] {
  if (document.partial !== undefined) {
    return [];
  }
  return inspector.inspect(document).objects.flatMap((it) => readOnce(it) ?? []);
}

const read = new WeakMap<InspectedObject, ReadCrd | 'none'>();

function readOnce(object: InspectedObject): ReadCrd | undefined {
  if (object.kind !== kind) {
    return undefined;
  }
  let crd = read.get(object);
  if (!crd) {
    crd = (!object.rejectedBy && !object.hasHoles && readCrd(object.value)) || 'none';
    read.set(object, crd);
  }
  return crd === 'none' ? undefined : crd;
}

/** Whether a document holds an object of one of the kinds. */
export function isOfKind(
  document: SourceDocument,
  kinds: ReadonlySet<string>,
  inspector: Inspector,
): boolean {
  return (
    kinds.size > 0 &&
    inspector.inspect(document).objects.some((it) => kinds.has(crdKey(groupOf(it.apiVersion), it.kind)))
  );
}
