import type { PlannedFile, PlannedScope } from './planned-scope';

/** Folders that cannot be applied together, and the object that shows it. */
export interface Split {
  readonly identity: string;
  readonly scopes: readonly string[];
}

/** Every split, by the first file that holds the object both sides have. */
export function splitsIn(
  plans: readonly PlannedScope[],
  files: readonly { readonly uri: string; readonly planned: PlannedFile }[],
): Map<string, Split> {
  const found = new Map<string, Split>();
  for (const split of new Set(plans.map((it) => it.splitBy))) {
    const holders = split ? files.filter(({ planned }) => planned.identities.includes(split.identity)) : [];
    const [first] = holders.sort((a, b) => (a.planned.path < b.planned.path ? -1 : 1));
    if (split && first) {
      found.set(first.uri, {
        ...split,
        scopes: plans.filter((it) => it.splitBy === split).map((it) => it.name),
      });
    }
  }
  return found;
}
