import type { YamlValue } from './edit';
import type { Path } from './node';
import { entriesOf, isList, isObject } from './stringify';

/** The value without members that are not written. */
export function written(value: YamlValue): YamlValue {
  if (isList(value)) {
    return value.map(written);
  }
  return isObject(value)
    ? Object.fromEntries(entriesOf(value).map(([key, it]) => [key, written(it)]))
    : value;
}

/** The maps and lists that lead to `value`. */
export function nested(path: Path, value: YamlValue): YamlValue {
  return path.reduceRight<YamlValue>(
    (inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }),
    value,
  );
}

/** Whether two values read the same, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (!isCollection(a) || !isCollection(b)) {
    return a === b;
  }
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

function isCollection(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}

export interface ItemChanges {
  /** Items at the start that stay. */
  readonly same: number;
  /** Items behind them that become others. */
  readonly changed: number;
  /** Items behind those that go, or come. */
  readonly removed: number;
  readonly added: number;
}

/** What makes one list of another, when equal items at both ends stay. */
export function compareItems(old: readonly unknown[], value: readonly unknown[]): ItemChanges {
  const shorter = Math.min(old.length, value.length);
  let same = 0;
  while (same < shorter && isSame(old[same], value[same])) {
    same++;
  }
  let sameAtEnd = 0;
  while (sameAtEnd < shorter - same && isSame(old.at(-1 - sameAtEnd), value.at(-1 - sameAtEnd))) {
    sameAtEnd++;
  }
  const changed = shorter - same - sameAtEnd;
  return { same, changed, removed: old.length - shorter, added: value.length - shorter };
}
