import { isBase64, textOfBase64 } from './base64';
import type { Scalar, YamlScalar } from './node';

// The one place that says what a scalar means. Kubernetes reads YAML with go-yaml, which follows YAML 1.1 with
// its own exceptions: `yes` and `on` are booleans, `0o17` and `1_000` numbers, but `12:30` and dates are text.

/**
 * The value of a scalar whose folded and unescaped text is `content`.
 *
 * What go-yaml refuses is told by {@link refusedScalar}; such a scalar is still given the value it was meant to have.
 */
export function resolveScalar(content: string, style: YamlScalar['style'], tag?: string): Scalar {
  if (tag === undefined) {
    return style === 'plain' ? resolvePlain(content) : content;
  }
  const name = shortTag(tag);
  if (name === '!!binary') {
    return textOfBase64(content) ?? content;
  }
  return name === '!!bool' || name === '!!int' || name === '!!float' || name === '!!null'
    ? resolvePlain(content)
    : content;
}

/** What a tag promises and its scalar, `written` so, does not keep, or a number JSON has no form for. */
export function refusedScalar(
  value: Scalar,
  tag: string | undefined,
  written: string,
): 'not-finite' | 'not-as-tagged' | undefined {
  if (isEndless(value)) {
    return 'not-finite';
  }
  switch (tag === undefined ? undefined : shortTag(tag)) {
    case '!!bool':
      return typeof value === 'boolean' ? undefined : 'not-as-tagged';
    case '!!int':
      // 1.0 is a float, whole as it is.
      return Number.isInteger(value) && !/[.eE]/.test(written.replace(/0[xX]\S*/, ''))
        ? undefined
        : 'not-as-tagged';
    case '!!float':
      return typeof value === 'number' ? undefined : 'not-as-tagged';
    case '!!null':
      return value === null ? undefined : 'not-as-tagged';
    case '!!timestamp':
      return typeof value === 'string' && timestamp.test(value) ? undefined : 'not-as-tagged';
    case '!!binary':
      return isBase64(written.replace(/^[|>][-+\d]*|["'\s]/g, '')) ? undefined : 'not-as-tagged';
    default:
      return undefined;
  }
}

/** A number that JSON has no form for. As a key it becomes a text, and does no harm. */
export function isEndless(value: Scalar): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

const timestamp = /^\d{4}-\d\d?-\d\d?(?:[Tt ]\d\d?:\d\d?:\d\d?(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?)?$/;

/** `!!str` for `!<tag:yaml.org,2002:str>`; other tags stay as they are. */
export function shortTag(tag: string): string {
  const bare = tag.startsWith('!<') && tag.endsWith('>') ? tag.slice(2, -1) : tag;
  return bare.startsWith(corePrefix) ? `!!${bare.slice(corePrefix.length)}` : tag;
}

const corePrefix = 'tag:yaml.org,2002:';

function resolvePlain(content: string): Scalar {
  // Nearly every scalar is a word that none of the forms below starts like, so its first character decides.
  const kind = content.length === 0 ? kindOfWord : (firstCharacters[content.charCodeAt(0)] ?? kindOfText);
  switch (kind) {
    case kindOfText:
      return content;
    case kindOfWord: {
      const word = content.length <= longestWord ? words.get(content) : undefined;
      return word === undefined ? content : word;
    }
    default:
      return resolveNumber(content);
  }
}

const kindOfText = 0;
const kindOfWord = 1;
const kindOfNumber = 2;
const longestWord = 5;

const words = new Map<string, Scalar>([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
]);

const firstCharacters: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return '0123456789+-.'.includes(character)
    ? kindOfNumber
    : '~yYnNtTfFoO'.includes(character)
      ? kindOfWord
      : kindOfText;
});

function resolveNumber(content: string): Scalar {
  const notFinite = notFiniteForms.exec(content);
  if (notFinite) {
    return notFinite[2]
      ? Number.NaN
      : notFinite[1] === '-'
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY;
  }
  // Underscores may stand anywhere behind the first digit, but not in a number that starts with its point.
  const digits = content.startsWith('.') ? content : content.replaceAll('_', '');
  const integer = basedForm.exec(digits);
  if (integer) {
    const number = basedInteger(integer);
    if (number !== undefined) {
      return number;
    }
  }
  if (decimalForm.test(digits)) {
    const number = Number(digits);
    // A number too large for 64 bits is no number for Go, so the text stays text.
    return Number.isFinite(number) ? number + 0 : content;
  }
  return content;
}

const notFiniteForms = /^([-+]?)(?:\.(?:inf|Inf|INF)|(?<=^)\.(nan|NaN|NAN))$/;
const basedForm = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))$/;
const decimalForm = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function basedInteger([, sign, hexadecimal, binary, octal]: RegExpExecArray): number | undefined {
  const written = hexadecimal ? `0x${hexadecimal}` : binary ? `0b${binary}` : `0o${octal}`;
  // The largest number of 64 bits is no double, so it would be taken for one too many.
  const magnitude = BigInt(written);
  if (magnitude > (sign === '-' ? 2n ** 63n : sign ? 2n ** 63n - 1n : 2n ** 64n - 1n)) {
    return undefined;
  }
  return sign === '-' && magnitude !== 0n ? -Number(magnitude) : Number(magnitude);
}
