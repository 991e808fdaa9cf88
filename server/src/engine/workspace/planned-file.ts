import type { Inspector } from '../admission/inspect';
import { isKustomizationName, readKustomization } from '../source/kustomization';
import type { SourceFile } from '../source/source';
import { fileName } from './paths';
import type { Kustomization, PlannedFile } from './planned-scope';

/** What deciding scopes needs to know of a file; the same object as before when nothing of it changed. */
export function describeFile(
  path: string,
  source: SourceFile,
  inspector: Inspector,
  before: PlannedFile | undefined,
): PlannedFile {
  const identities = source.entries.flatMap((entry) =>
    inspector
      .inspect(entry.document)
      .objects.filter((it) => it.kind !== '' && it.name !== '' && entry.document.partial === undefined)
      .map((it) => `${it.kind} ${it.namespace ?? entry.document.commandNamespace ?? ''}/${it.name}`),
  );
  const kustomization = isKustomizationName(fileName(path)) ? kustomizationOf(source.text) : undefined;
  const described = { path, form: source.form, identities, ...(kustomization && { kustomization }) };
  return before && JSON.stringify(before) === JSON.stringify(described) ? before : described;
}

function kustomizationOf(text: string): Kustomization | undefined {
  const read = readKustomization(text);
  return (
    read && {
      resources: [...read.resources, ...read.bases, ...read.components],
      patches: read.patches,
      namespace: read.namespace,
      namePrefix: read.namePrefix,
      nameSuffix: read.nameSuffix,
    }
  );
}
