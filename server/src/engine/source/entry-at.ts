import type { SourceEntry, SourceFile } from './source';

/** The document at an offset of the file, and the offset within it. Between two documents, the one that starts there. */
export function entryAt(
  file: SourceFile,
  fileOffset: number,
): { readonly entry: SourceEntry; readonly offset: number } | undefined {
  const { entries } = file;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle]!.place.toFile(0) <= fileOffset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  // The indentation in front of a document belongs to it, so the one behind is asked first.
  for (const entry of [entries[low], entries[low - 1]]) {
    const offset = entry?.place.toDocument(fileOffset);
    if (entry && offset !== undefined) {
      return { entry, offset };
    }
  }
  return undefined;
}
