/** A map of somebody else's making. */
export interface Untyped {
  readonly [name: string]: unknown;
}

export function isRecord(value: unknown): value is Untyped {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as a map, empty when it is none. */
export function record(value: unknown): Untyped {
  return isRecord(value) ? value : {};
}

/** The value as a list, empty when it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function texts(value: unknown): readonly string[] {
  return list(value).filter((it): it is string => typeof it === 'string');
}
