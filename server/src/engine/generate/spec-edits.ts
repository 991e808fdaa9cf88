import type { YamlEdit, YamlValue } from '../yaml/edit';
import type { Path } from '../yaml/node';

type Json = YamlValue | undefined;
type JsonMap = { readonly [key: string]: Json };

/**
 * The smallest edits that turn `before` into `after`, one after the other.
 *
 * The plan is made on values, where it is easy to say what has to be there; this turns it back into edits, so
 * that everything the author wrote and the plan does not concern stays as it is.
 */
export function specEdits(before: unknown, after: unknown, path: Path): YamlEdit[] {
  // Sound because specs come from YAML and from the literals of this folder: both hold nothing but plain values.
  return differences(before as Json, after as Json, path);
}

function differences(before: Json, after: Json, path: Path): YamlEdit[] {
  if (same(before, after)) {
    return [];
  }
  if (after === undefined) {
    return [{ op: 'remove', path }];
  }
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  if (isList(before) && isList(after) && before.length > 0 && after.length > 0) {
    return listDifferences(before, after, path);
  }
  return [{ op: 'set', path, value: after }];
}

/** From left to right, so that every item before the one in hand has found its place already. */
function listDifferences(before: readonly Json[], after: readonly Json[], path: Path): YamlEdit[] {
  const edits: YamlEdit[] = [];
  let from = 0;
  let to = 0;
  for (const [index, target] of [...alignment(before, after), [before.length, after.length] as const]) {
    // What takes the place of another item is a changed item: it keeps the comment above it.
    const replaced = Math.min(index - from, target - to);
    for (let step = 0; step < replaced; step++) {
      edits.push({ op: 'set', path: [...path, to + step], value: written(after[to + step]) });
    }
    for (let step = replaced; step < index - from; step++) {
      edits.push({ op: 'remove', path: [...path, to + replaced] });
    }
    for (let step = replaced; step < target - to; step++) {
      const place = index < before.length ? { index: to + step } : {};
      edits.push({ op: 'insert', path, ...place, value: written(after[to + step]) });
    }
    if (index < before.length) {
      edits.push(...differences(before[index], after[target], [...path, target]));
    }
    from = index + 1;
    to = target + 1;
  }
  return edits;
}

/** Pairs of indices in both lists that are the same item, changed or not; the total likeness is the largest. */
function alignment(before: readonly Json[], after: readonly Json[]): (readonly [number, number])[] {
  const likeness = before.map((one) => after.map((other) => pairable(one, other)));
  const best = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const paired = likeness[i]![j]!;
      best[i]![j] = Math.max(
        best[i + 1]![j]!,
        best[i]![j + 1]!,
        paired > 0 ? paired + best[i + 1]![j + 1]! : 0,
      );
    }
  }
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const paired = likeness[i]![j]!;
    if (paired > 0 && best[i]![j] === paired + best[i + 1]![j + 1]!) {
      pairs.push([i++, j++]);
    } else if (best[i]![j] === best[i + 1]![j]!) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}

/** 0 for two things that have less than a third in common, so that neither is taken for the other. */
function pairable(one: Json, other: Json): number {
  if (same(one, other)) {
    return 1;
  }
  if (!(isMap(one) && isMap(other))) {
    return 0;
  }
  const left = leaves(one);
  const right = new Set(leaves(other));
  const shared = left.filter((leaf) => right.has(leaf)).length;
  const likeness = (2 * shared) / (left.length + right.size);
  return likeness > 1 / 3 ? likeness * 0.99 : 0;
}

function leaves(value: Json, at = ''): string[] {
  if (isList(value)) {
    return value.flatMap((item) => leaves(item, `${at}/-`));
  }
  if (isMap(value)) {
    return Object.entries(value).flatMap(([key, item]) => leaves(item, `${at}/${key}`));
  }
  return value === undefined ? [] : [`${at}=${JSON.stringify(value)}`];
}

export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) {
    return true;
  }
  const [left, right] = [one as Json, other as Json];
  if (isList(left) && isList(right)) {
    return left.length === right.length && left.every((item, index) => same(item, right[index]));
  }
  if (isMap(left) && isMap(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((key) => same(left[key], right[key]));
  }
  return false;
}

function written(value: Json): YamlValue {
  return value === undefined ? null : value;
}

function isList(value: Json): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
