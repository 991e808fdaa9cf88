const units: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const longest = 1n << 63n;
const wholeSeconds = /^(?:0|[1-9]\d{0,5})s$/;
const part = /(\d*)(?:\.(\d*))?([^\d.]+)/y;

/** Nanoseconds of a duration as Go writes it, such as `1m30s` or `-1.5h`; `undefined` for what is none. */
export function parseDuration(text: string): bigint | undefined {
  if (wholeSeconds.test(text)) {
    return BigInt(text.slice(0, -1)) * units.s!;
  }
  const negative = text.startsWith('-');
  const rest = negative || text.startsWith('+') ? text.slice(1) : text;
  if (rest === '0') {
    return 0n;
  }
  const total = sumOf(rest);
  if (total === undefined || total > longest || (total === longest && !negative)) {
    return undefined;
  }
  return negative ? -total : total;
}

function sumOf(text: string): bigint | undefined {
  let total = 0n;
  part.lastIndex = 0;
  do {
    const start = part.lastIndex;
    const match = part.exec(text);
    if (!match || match.index !== start) {
      return undefined;
    }
    const [, whole = '', fraction = '', unit = ''] = match;
    const size = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if ((whole === '' && fraction === '') || size === undefined) {
      return undefined;
    }
    total += BigInt(whole || 0) * size + fractionOf(fraction, size);
    if (total > longest) {
      return undefined;
    }
  } while (part.lastIndex < text.length);
  return total;
}

/** Go leaves fractions to floating point, which rounds `0.99999999999999999` up, and drops what 63 bits cannot hold. */
function fractionOf(digits: string, size: bigint): bigint {
  let fraction = 0n;
  let scale = 1;
  for (const digit of digits) {
    const longer = fraction * 10n + BigInt(digit);
    if (fraction > (longest - 1n) / 10n || longer > longest) {
      break;
    }
    fraction = longer;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(fraction) * (Number(size) / scale)));
}

export const millisecond = units.ms!;
export const second = units.s!;
