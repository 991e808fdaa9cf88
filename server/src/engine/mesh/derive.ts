import type { View } from '../workspace/view';

/**
 * A derived list that stays the same object while its items are the same, so that what was computed from it
 * is not computed again.
 */
export function deriveList<T>(
  view: View,
  name: string,
  key: string,
  compute: () => readonly T[],
  same: (a: T, b: T) => boolean = Object.is,
): readonly T[] {
  // The view keeps the first closure for each key, and with it what the closure remembers.
  let last: readonly T[] | undefined;
  return view.derive(name, key, () => {
    const next = compute();
    if (last && last.length === next.length && last.every((item, index) => same(item, next[index]!))) {
      return last;
    }
    last = next;
    return next;
  });
}

/** Remembers what a pure function made of an object for as long as the object lives. */
export function memoize<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let entry = known.get(key);
    if (!entry) {
      entry = { value: compute(key) };
      known.set(key, entry);
    }
    return entry.value;
  };
}
