import type { Inspector } from '../admission/inspect';
import { isKustomizationName, readKustomization } from '../source/kustomization';
import type { SourceDocument, SourceFile } from '../source/source';
import { sameItems } from '../text/collections';
import type { EntryChanges } from './entry-changes';
import { fileName } from './paths';
import type { Kustomization, PlannedFile } from './planned-scope';

/** What deciding scopes needs to know of a file; the same object as before when nothing of it changed. */
export function describeFile(
  path: string,
  source: SourceFile,
  inspector: Inspector,
  last: { readonly planned: PlannedFile; readonly changes: EntryChanges } | undefined,
): PlannedFile {
  if (last?.planned.path === path && isAsBefore(last.planned, source, last.changes, inspector)) {
    return last.planned;
  }
  const identities = source.entries.flatMap((entry) => identitiesOf(entry.document, inspector));
  const kustomization = isKustomizationName(fileName(path)) ? kustomizationOf(source.text) : undefined;
  const described = { path, form: source.form, identities, ...(kustomization && { kustomization }) };
  return last && JSON.stringify(last.planned) === JSON.stringify(described) ? last.planned : described;
}

/** Told from the changed documents alone. */
function isAsBefore(
  { form, path }: PlannedFile,
  source: SourceFile,
  { aligned, changed, before }: EntryChanges,
  inspector: Inspector,
): boolean {
  return (
    aligned &&
    form === source.form &&
    !isKustomizationName(fileName(path)) &&
    changed.every(({ slot, document }) =>
      sameItems(identitiesOf(document, inspector), identitiesOf(before.get(slot)!.document, inspector)),
    )
  );
}

/** Objects without a namespace go where `kubectl` sends them when nobody says otherwise. */
export const defaultNamespace = 'default';

function identitiesOf(document: SourceDocument, inspector: Inspector): readonly string[] {
  if (document.partial !== undefined) {
    return [];
  }
  return inspector
    .inspect(document)
    .objects.filter((it) => it.kind !== '' && it.name !== '')
    .map((it) => `${it.kind} ${it.namespace ?? document.commandNamespace ?? defaultNamespace}/${it.name}`);
}

function kustomizationOf(text: string): Kustomization | undefined {
  const read = readKustomization(text);
  return (
    read && {
      resources: [...read.resources, ...read.bases, ...read.components],
      patches: read.patches,
      targets: read.targets,
      namespace: read.namespace,
      namePrefix: read.namePrefix,
      nameSuffix: read.nameSuffix,
    }
  );
}
