import { readClass, readEscape } from './regex-class';
import { type Cursor, RegexFault } from './regex-cursor';

// Regular expressions as Go's `regexp` (RE2) reads them: no look-around and no back references, but names of groups,
// flags and classes that JavaScript has not. Only whether an expression is one is decided here.

const maxRepeat = 1000;

/** What is wrong with a regular expression, in words. */
export function regexFault(text: string): string | undefined {
  try {
    const cursor: Cursor = { text, index: 0, names: new Set() };
    readAlternatives(cursor, 0);
    return cursor.index < text.length ? 'a ")" closes nothing' : undefined;
  } catch (error) {
    if (error instanceof RegexFault) {
      return error.message;
    }
    throw error;
  }
}

/** Reads up to the end or a ")", and gives how often the innermost part may be repeated in all. */
function readAlternatives(cursor: Cursor, depth: number): number {
  if (depth > maxRepeat) {
    throw new RegexFault('its groups are nested too deeply');
  }
  let load = 1;
  let empty = true;
  while (cursor.index < cursor.text.length && cursor.text[cursor.index] !== ')') {
    if (cursor.text[cursor.index] === '|') {
      cursor.index++;
      empty = true;
      continue;
    }
    refuseRepeat(cursor, empty);
    const atom = readAtom(cursor, depth);
    // Flags alone are no atom: what stands behind them repeats the atom before.
    empty &&= atom === undefined;
    refuseRepeat(cursor, empty);
    load = Math.max(load, readTimes(cursor, atom ?? 1));
  }
  return load;
}

function refuseRepeat(cursor: Cursor, empty: boolean): void {
  if (empty && (isSign(cursor.text[cursor.index]) || repeatAt(cursor))) {
    throw new RegexFault(`nothing stands before "${cursor.text[cursor.index]}"`);
  }
}

function readTimes(cursor: Cursor, load: number): number {
  const times = readRepeat(cursor);
  if (times === undefined) {
    return load;
  }
  if (isSign(cursor.text[cursor.index]) || repeatAt(cursor)) {
    throw new RegexFault(`"${cursor.text[cursor.index]}" repeats a repetition`);
  }
  const all = times === 0 ? 1 : load * times;
  if (all > maxRepeat) {
    throw new RegexFault(`it repeats something more than ${maxRepeat} times`);
  }
  return all;
}

function isSign(character: string | undefined): boolean {
  return character === '*' || character === '+' || character === '?';
}

/** How often the atom before is repeated at most, as far as Go counts it; `undefined` when it is not repeated. */
function readRepeat(cursor: Cursor): number | undefined {
  let times: number | undefined;
  if (isSign(cursor.text[cursor.index])) {
    cursor.index++;
    times = 1;
  } else {
    const repeat = repeatAt(cursor);
    if (!repeat) {
      return undefined;
    }
    cursor.index += repeat.length;
    times = repeat.times;
  }
  if (cursor.text[cursor.index] === '?') {
    cursor.index++;
  }
  return times;
}

/** `{2}`, `{2,}` or `{2,5}`; other braces are characters like others. */
function repeatAt({ text, index }: Cursor): { readonly length: number; readonly times: number } | undefined {
  if (text[index] !== '{') {
    return undefined;
  }
  const match = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/.exec(text.slice(index));
  if (!match) {
    return undefined;
  }
  const least = Number(match[1]);
  const most = match[2] === undefined ? least : match[3] === undefined ? Number.NaN : Number(match[3]);
  if (least > maxRepeat || most > maxRepeat || most < least) {
    throw new RegexFault(`"${match[0]}" is no count between 0 and ${maxRepeat}`);
  }
  const open = Number.isNaN(most);
  return { length: match[0].length, times: open ? Math.max(least, 1) : most };
}

/** `undefined` for a group that only sets flags. */
function readAtom(cursor: Cursor, depth: number): number | undefined {
  const character = cursor.text[cursor.index]!;
  if (character === '(') {
    return readGroup(cursor, depth);
  }
  if (character === '[') {
    readClass(cursor);
  } else if (character === '\\') {
    return readOutsideEscape(cursor);
  } else {
    cursor.index += (cursor.text.codePointAt(cursor.index) ?? 0) > 0xffff ? 2 : 1;
  }
  return 1;
}

function readOutsideEscape(cursor: Cursor): number {
  const { text, index } = cursor;
  const next = text[index + 1];
  if (next === 'Q') {
    const end = text.indexOf('\\E', index + 2);
    cursor.index = end < 0 ? text.length : end + 2;
  } else if (next !== undefined && 'AbBz'.includes(next)) {
    cursor.index += 2;
  } else {
    readEscape(cursor, true);
  }
  return 1;
}

function readGroup(cursor: Cursor, depth: number): number | undefined {
  cursor.index++;
  if (cursor.text[cursor.index] === '?') {
    const opens = readGroupHead(cursor);
    if (!opens) {
      return undefined;
    }
  }
  const load = readAlternatives(cursor, depth + 1);
  if (cursor.text[cursor.index] !== ')') {
    throw new RegexFault('a "(" is not closed');
  }
  cursor.index++;
  return load;
}

/** Reads `?:`, `?i:`, `?P<name>` and their like; false for flags that stand alone, as in `(?i)`. */
function readGroupHead(cursor: Cursor): boolean {
  const rest = cursor.text.slice(cursor.index);
  const name = /^\?P?<([^>]*)>/.exec(rest);
  if (name && !/^\?<[=!]/.test(rest)) {
    if (!/^\w+$/.test(name[1]!) || cursor.names.has(name[1]!)) {
      throw new RegexFault(`"${name[1]}" is no name for a group, or there are two of them`);
    }
    cursor.names.add(name[1]!);
    cursor.index += name[0].length;
    return true;
  }
  const flags = /^\?(?:[imsU]*|[imsU]*-[imsU]+)([:)])/.exec(rest);
  if (!flags) {
    throw new RegexFault(
      `"(${rest.slice(0, 2)}" starts no group: look-around and back references are not known`,
    );
  }
  cursor.index += flags[0].length;
  return flags[1] === ':';
}
