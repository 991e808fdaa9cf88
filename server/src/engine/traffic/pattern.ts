/** An expression in Envoy's language as one of this engine's, where both mean the same. */
export function readPattern(pattern: string, flags: string): RegExp | undefined {
  const insensitive = pattern.includes('(?i)');
  if (repeatsRepetition.test(pattern)) {
    return undefined;
  }
  try {
    return new RegExp(pattern.replaceAll('(?i)', ''), insensitive ? `${flags}i` : flags);
  } catch {
    return undefined;
  }
}

/** `(a+)+` and its like take time without end here, though not in Envoy. */
const repeatsRepetition = /\([^()]*[+*}][^()]*\)[+*{]/;
