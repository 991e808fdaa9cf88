import { isRecord } from '../part';

// Keys that check tokens, as RFC 7517 writes them: `{ "keys": […] }`, or a single key.

/** The members each type of key must have. */
const members: { readonly [type: string]: readonly string[] } = {
  RSA: ['n', 'e'],
  EC: ['crv', 'x', 'y'],
  OKP: ['crv', 'x'],
  oct: ['k'],
};

/** What is wrong with a set of keys, in words. */
export function jwksFault(text: string): string | undefined {
  const keys = keysOf(text);
  if (!keys) {
    return 'write them as {"keys": [ … ]}';
  }
  for (const [index, key] of keys.entries()) {
    const type = isRecord(key) ? key.kty : undefined;
    if (typeof type !== 'string' || !Object.hasOwn(members, type)) {
      return `key ${index + 1} has no type "kty" that is known`;
    }
    const missing = members[type]!.find((it) => !hasText(key, it));
    if (missing) {
      return `key ${index + 1} lacks "${missing}"`;
    }
  }
  return undefined;
}

/** Where the first key is that signs tokens. */
export function privateKeyAt(text: string): number | undefined {
  const index = (keysOf(text) ?? []).findIndex(
    (it) => isRecord(it) && (it.kty === 'oct' || hasText(it, 'd')),
  );
  return index < 0 ? undefined : index;
}

function hasText(key: unknown, name: string): boolean {
  return isRecord(key) && typeof key[name] === 'string' && key[name] !== '';
}

function keysOf(text: string): readonly unknown[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) {
    return undefined;
  }
  return value.keys === undefined ? [value] : Array.isArray(value.keys) ? value.keys : undefined;
}
