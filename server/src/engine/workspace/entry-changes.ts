import type { Slot, SourceEntry } from '../source/source';

/** How the documents of a file differ from those it had. Those that only moved are not in it. */
export interface EntryChanges {
  /** New, or with another text. */
  readonly changed: readonly SourceEntry[];
  /** The same documents as they were, as far as they were there. */
  readonly before: ReadonlyMap<Slot, SourceEntry>;
  readonly removed: readonly Slot[];
  /** No document came, went or changed its place among the others. */
  readonly aligned: boolean;
}

type Entries = readonly SourceEntry[];

/** Most edits touch one document of many, so only what lies between the first and the last difference is compared. */
export function entryChanges(before: Entries, after: Entries): EntryChanges {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start]!, after[start]!)) {
    start++;
  }
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end)!, after.at(-1 - end)!)) {
    end++;
  }
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  const bySlot = new Map(old.map((entry) => [entry.slot, entry]));
  const left = new Set(bySlot.keys());
  now.forEach(({ slot }) => void left.delete(slot));
  return {
    changed: now.filter((entry) => bySlot.get(entry.slot)?.document !== entry.document),
    before: bySlot,
    removed: [...left],
    aligned: old.length === now.length && old.every((entry, index) => entry.slot === now[index]!.slot),
  };
}

function isSame(a: SourceEntry, b: SourceEntry): boolean {
  return a.slot === b.slot && a.document === b.document;
}
