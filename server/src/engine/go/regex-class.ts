import { type Cursor, RegexFault } from './regex-cursor';

const posix =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;

/** Reads `[…]`. */
export function readClass(cursor: Cursor): void {
  const { text } = cursor;
  cursor.index++;
  if (text[cursor.index] === '^') {
    cursor.index++;
  }
  let first = true;
  while (first || text[cursor.index] !== ']') {
    if (cursor.index >= text.length) {
      throw new RegexFault('a "[" is not closed');
    }
    first = false;
    if (!readNamedClass(cursor)) {
      readRange(cursor);
    }
  }
  cursor.index++;
}

/** `[:alpha:]`, `\d` and `\pL` inside a class. */
function readNamedClass(cursor: Cursor): boolean {
  const rest = cursor.text.slice(cursor.index);
  if (rest.startsWith('[:') && rest.indexOf(':]', 2) >= 0) {
    const match = posix.exec(rest);
    if (!match) {
      throw new RegexFault(`"${rest.slice(0, rest.indexOf(':]', 2) + 2)}" is no class of characters`);
    }
    cursor.index += match[0].length;
    return true;
  }
  if (/^\\[dDsSwWpP]/.test(rest)) {
    readEscape(cursor, true);
    return true;
  }
  return false;
}

function readRange(cursor: Cursor): void {
  const { text } = cursor;
  const low = readCharacter(cursor);
  const next = text[cursor.index + 1];
  if (text[cursor.index] !== '-' || next === undefined || next === ']') {
    return;
  }
  cursor.index++;
  const high = readCharacter(cursor);
  if (high < low) {
    throw new RegexFault('a range inside "[]" runs backwards');
  }
}

function readCharacter(cursor: Cursor): number {
  if (cursor.index >= cursor.text.length) {
    throw new RegexFault('a "[" is not closed');
  }
  if (cursor.text[cursor.index] === '\\') {
    return readEscape(cursor, false);
  }
  const code = cursor.text.codePointAt(cursor.index)!;
  cursor.index += code > 0xffff ? 2 : 1;
  return code;
}

const letters: { readonly [letter: string]: number } = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** Reads what starts with a backslash and gives its character; with `classes` also `\d` and `\pL`. */
export function readEscape(cursor: Cursor, classes: boolean): number {
  const rest = cursor.text.slice(cursor.index);
  const next = rest[1];
  if (next === undefined) {
    throw new RegexFault('nothing stands behind the last "\\"');
  }
  if (classes && /[dDsSwW]/.test(next)) {
    cursor.index += 2;
    return 0;
  }
  if (classes && /[pP]/.test(next)) {
    cursor.index += unicodeClass(rest).length;
    return 0;
  }
  const match =
    /^\\(?:([1-7][0-7]{1,2}|0[0-7]{0,2})|x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|([afnrtv]))/.exec(rest) ??
    /^\\[^\dA-Za-z\u0080-\u{10ffff}]/u.exec(rest);
  if (!match) {
    throw new RegexFault(`"\\${next}" means nothing`);
  }
  cursor.index += match[0].length;
  const [, octal, two, hex, letter] = match;
  const code = octal
    ? Number.parseInt(octal, 8)
    : letter
      ? letters[letter]!
      : Number.parseInt(two ?? hex ?? '', 16);
  if (code > 0x10ffff) {
    throw new RegexFault(`"${match[0]}" is no character`);
  }
  return Number.isNaN(code) ? next.codePointAt(0)! : code;
}

function unicodeClass(rest: string): string {
  const match = /^\\[pP](?:\{\^?([^}]*)\}|([^{]))/u.exec(rest);
  const name = match?.[1] ?? match?.[2] ?? '';
  if (!match || !isUnicodeClass(name)) {
    throw new RegexFault(`"${match?.[0] ?? rest.slice(0, 2)}" is no class of characters`);
  }
  return match[0];
}

function isUnicodeClass(name: string): boolean {
  if (!/^\w+$/.test(name)) {
    return false;
  }
  return name === 'Any' || isProperty(`gc=${name}`) || isProperty(`Script=${name}`);
}

function isProperty(name: string): boolean {
  try {
    return new RegExp(`\\p{${name}}`, 'u').source !== '';
  } catch {
    return false;
  }
}
