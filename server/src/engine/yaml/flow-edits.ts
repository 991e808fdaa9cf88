import type { TextEdit } from '../text/edit';
import type { YamlValue } from './edit';
import type { YamlMap, YamlNode, YamlSeq } from './node';
import { startOfPair, startOfWritten } from './places';
import { entriesOf, isList, isObject, keyText, quoted, stringify } from './stringify';

// Edits of maps and lists in brackets. They stay in brackets, and JSON stays JSON.

/** How values are written between brackets. */
export interface FlowStyle {
  readonly json: boolean;
}

export function flowValue(value: YamlValue, { json }: FlowStyle): string {
  return json
    ? jsonText(value)
    : stringify(value, { indent: 2, indentSequences: false, eol: '\n' }, { flow: true });
}

export function flowKey(key: string, { json }: FlowStyle): string {
  return json ? jsonText(key) : keyText(key, true);
}

/** JSON on one line, spaced like the flow style of YAML. */
function jsonText(value: YamlValue): string {
  if (isList(value)) {
    return `[${value.map(jsonText).join(', ')}]`;
  }
  if (isObject(value)) {
    return `{${entriesOf(value)
      .map(([key, member]) => `${jsonText(key)}: ${jsonText(member)}`)
      .join(', ')}}`;
  }
  return typeof value === 'string' ? quoted(value, 'double') : JSON.stringify(value);
}

/** Adds a key behind the last one, or between empty braces. */
export function insertFlowPair(
  text: string,
  map: YamlMap,
  key: string,
  value: YamlValue,
  style: FlowStyle,
): TextEdit[] {
  const written = `${flowKey(key, style)}: ${flowValue(value, style)}`;
  const last = map.pairs.at(-1);
  if (!last) {
    return [replacement(map.start, map.end, `{${written}}`)];
  }
  const first = startOfPair(text, map.pairs[0]!);
  const end = endOfValue(text, last.value);
  const space = end === last.value.end && needsSpace(text, last.value) ? ' ' : '';
  const insert = insertion(end, space + separator(text, map.start, startOfPair(text, last)) + written);
  // `[a: 1]` holds a map without braces, which can have one pair only.
  return text[map.start] === '{' && map.start < first
    ? [insert]
    : [insertion(first, '{'), { ...insert, insert: `${insert.insert}}` }];
}

export function insertFlowItem(
  text: string,
  seq: YamlSeq,
  index: number,
  value: YamlValue,
  style: FlowStyle,
): TextEdit[] {
  const written = flowValue(value, style);
  const next = seq.items[index];
  if (next) {
    const at = startOfWritten(text, next);
    return [insertion(at, written + separator(text, seq.start, at))];
  }
  const last = seq.items.at(-1);
  return last
    ? [insertion(endOfValue(text, last), separator(text, seq.start, startOfWritten(text, last)) + written)]
    : [replacement(seq.start, seq.end, `[${written}]`)];
}

/** Removes one of several pairs. */
export function removeFlowPair(text: string, map: YamlMap, index: number): TextEdit[] {
  const pair = map.pairs[index]!;
  const next = map.pairs[index + 1];
  return next
    ? [replacement(startOfPair(text, pair), startOfPair(text, next), '')]
    : [replacement(endOfValue(text, map.pairs[index - 1]!.value), pair.value.end, '')];
}

/** Removes one of several items. */
export function removeFlowItem(text: string, seq: YamlSeq, index: number): TextEdit[] {
  const item = seq.items[index]!;
  const next = seq.items[index + 1];
  return next
    ? [replacement(startOfWritten(text, item), startOfWritten(text, next), '')]
    : [replacement(seq.items[index - 1]!.end, item.end, '')];
}

/** Behind an empty value, the space that ends its colon or tag is part of it. */
function endOfValue(text: string, node: YamlNode): number {
  return needsSpace(text, node) && text[node.end] === ' ' ? node.end + 1 : node.end;
}

function needsSpace(text: string, { start, end, tag }: YamlNode): boolean {
  return start === end && (tag !== undefined || text[end - 1] === ':');
}

/** A comma, and the line break and indentation where every entry stands on a line of its own. */
function separator(text: string, open: number, entry: number): string {
  const before = /(?:\r\n|\n|\r)[ \t]*$/.exec(text.slice(open, entry));
  return before ? `,${before[0]}` : ', ';
}

function insertion(at: number, insert: string): TextEdit {
  return replacement(at, at, insert);
}

function replacement(start: number, end: number, insert: string): TextEdit {
  return { span: { start, end }, insert };
}
