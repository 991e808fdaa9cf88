import type { TextEdit } from '../text/edit';
import type { YamlStyle, YamlValue } from './edit';
import { endOfLine } from './gaps';
import type { YamlMap, YamlNode, YamlSeq } from './node';
import {
  behindColon,
  columnOf,
  dashOf,
  dashSpacing,
  endOfContent,
  endWithComments,
  type Holder,
  isBlankBetween,
  isInFlow,
  lastLeaf,
  startOfLine,
  startOfNextLine,
  startOfPair,
  startOfWritten,
  startWithComments,
} from './places';
import { keyText, stringify, textBehindKey } from './stringify';

// Edits of maps and lists that are written in lines. Each counts in the text the nodes were read from.

/** Adds a key behind the last one. */
export function insertPair(
  text: string,
  map: YamlMap,
  key: string,
  value: YamlValue,
  style: YamlStyle,
): TextEdit[] {
  const column = columnOf(text, startOfPair(text, map.pairs[0]!));
  const at = endWithComments(text, endOfContent(text, map.pairs.at(-1)!.value), column);
  const line = style.eol + ' '.repeat(column);
  return [insertion(at, `${line}${keyText(key)}:${textBehindKey(value, style, column)}`)];
}

export function insertItem(
  text: string,
  seq: YamlSeq,
  index: number,
  value: YamlValue,
  style: YamlStyle,
): TextEdit[] {
  const column = columnOf(text, seq.start);
  const spacing = dashSpacing(text, seq);
  const item = `-${' '.repeat(spacing)}${stringify(value, style, { indent: column + 1 + spacing })}`;
  const indentation = ' '.repeat(column);
  if (index >= seq.items.length) {
    const at = endWithComments(text, endOfContent(text, seq.items.at(-1)!), column);
    return [insertion(at, style.eol + indentation + item)];
  }
  const dash = dashOf(text, seq, index);
  return isBlankBetween(text, startOfLine(text, dash), dash)
    ? [insertion(startWithComments(text, dash), indentation + item + style.eol)]
    : [insertion(dash, item + style.eol + indentation)];
}

/** Removes one of several pairs, with the comments that are its own. */
export function removePair(text: string, map: YamlMap, index: number, isRoot: boolean): TextEdit[] {
  const pair = map.pairs[index]!;
  const next = map.pairs[index + 1];
  const start = startOfPair(text, pair);
  if (!isBlankBetween(text, startOfLine(text, start), start) && next) {
    return removeFirst(text, start, pair.value, startOfPair(text, next));
  }
  return [removeLines(text, start, pair.value, map.pairs[index - 1]?.value, isRoot)];
}

/** Removes one of several items, with the comments that are its own. */
export function removeItem(text: string, seq: YamlSeq, index: number): TextEdit[] {
  const item = seq.items[index]!;
  const dash = dashOf(text, seq, index);
  if (!isBlankBetween(text, startOfLine(text, dash), dash) && index + 1 < seq.items.length) {
    return removeFirst(text, dash, item, dashOf(text, seq, index + 1));
  }
  return [removeLines(text, dash, item, seq.items[index - 1], false)];
}

/** What starts behind a dash gives its place on that line to what comes next, unless comments stand between. */
function removeFirst(text: string, start: number, node: YamlNode, next: number): TextEdit[] {
  const end = endOfContent(text, node);
  if (isBlankBetween(text, end, next)) {
    return [removal(start, next)];
  }
  const blank = /[ \t]*$/.exec(text.slice(0, start))![0].length;
  return [removal(start - blank, end)];
}

function removeLines(
  text: string,
  start: number,
  node: YamlNode,
  previous: YamlNode | undefined,
  isRoot: boolean,
): TextEdit {
  const column = columnOf(text, start);
  // What stands above the first key of a document is about the whole of it.
  const from = isRoot && !previous ? startOfLine(text, start) : startWithComments(text, start);
  const end = endWithComments(text, endOfContent(text, node), column);
  const next = startOfNextLine(text, end);
  if (next > end || endsInBlockScalar(previous)) {
    return removal(from, next);
  }
  // The last line of a text without a final break: the break before it goes.
  const eol = /(?:\r\n|\n|\r)?$/.exec(text.slice(0, from))![0].length;
  return removal(from - eol, end);
}

/** The line break behind a block scalar belongs to its text. */
function endsInBlockScalar(node: YamlNode | undefined): boolean {
  const leaf = node && lastLeaf(node);
  return leaf?.type === 'scalar' && (leaf.style === 'literal' || leaf.style === 'folded');
}

/** Replaces a value by text that fits on the line of its key or dash. */
export function replaceInline(text: string, holder: Holder, insert: string): TextEdit[] {
  const { node } = holder;
  const gap = startOfGap(text, holder);
  const start = Math.max(gap, startOfWritten(text, node));
  const end = spansLines(text, node) && !isInFlow(holder) ? endOfContent(text, node) : node.end;
  if (node.start === node.end && start === node.end) {
    const hasColon = holder.kind !== 'pair' || text[gap - 1] === ':';
    return [insertion(gap, `${hasColon ? '' : ':'} ${insert}`)];
  }
  if (isBlankBetween(text, gap, start) && !/[\r\n]/.test(text.slice(gap, start))) {
    return [{ span: { start, end }, insert }];
  }
  return [insertion(gap, ` ${insert}`), removal(endOfLine(text, gap), endOfContent(text, node))];
}

/** Replaces a value by a map or list that takes lines of its own. */
export function replaceBlock(text: string, holder: Holder, value: YamlValue, style: YamlStyle): TextEdit[] {
  if (holder.kind === 'pair') {
    return replaceValueOfPair(text, holder, value, style);
  }
  const { node } = holder;
  if (holder.kind === 'root') {
    const start = startOfWritten(text, node);
    return [{ span: { start, end: endOfContent(text, node) }, insert: stringify(value, style) }];
  }
  return replaceValueOfItem(text, holder, value, style);
}

function replaceValueOfItem(
  text: string,
  { node, seq, index }: Holder & { kind: 'item' },
  value: YamlValue,
  style: YamlStyle,
): TextEdit[] {
  const gap = dashOf(text, seq, index) + 1;
  const spacing = dashSpacing(text, seq);
  const start = Math.max(gap, startOfWritten(text, node));
  const isBehindDash = gap < start && start <= endOfLine(text, gap);
  const indent = isBehindDash ? columnOf(text, start) : columnOf(text, gap) + spacing;
  const block = stringify(value, style, { indent });
  const spaced = text.slice(gap, start) === '' ? ' '.repeat(spacing) + block : block;
  if (start > endOfLine(text, gap)) {
    return [
      insertion(gap, ' '.repeat(spacing) + block),
      removal(endOfLine(text, gap), endOfContent(text, node)),
    ];
  }
  if (spansLines(text, node)) {
    return [{ span: { start, end: endOfContent(text, node) }, insert: spaced }];
  }
  // A comment behind the old value stays on its line.
  const firstLine = endOfLine(spaced, 0);
  return [
    { span: { start, end: node.end }, insert: spaced.slice(0, firstLine) },
    insertion(endOfLine(text, node.end), spaced.slice(firstLine)),
  ];
}

function replaceValueOfPair(
  text: string,
  holder: Holder & { kind: 'pair' },
  value: YamlValue,
  style: YamlStyle,
): TextEdit[] {
  const { node, map, pair } = holder;
  const column = columnOf(text, startOfPair(text, map.pairs[0]!));
  const gap = behindColon(text, pair);
  const colon = text[gap - 1] === ':' ? '' : ':';
  const insert = textBehindKey(value, style, column);
  const start = Math.max(gap, startOfWritten(text, node));
  if (start > endOfLine(text, gap)) {
    return [{ span: { start: endOfLine(text, gap), end: endOfContent(text, node) }, insert }];
  }
  const end = Math.max(gap, spansLines(text, node) ? endOfContent(text, node) : node.end);
  return [{ span: { start: gap, end }, insert: colon }, insertion(endOfLine(text, end), insert)];
}

function startOfGap(text: string, holder: Holder): number {
  if (holder.kind === 'pair') {
    return behindColon(text, holder.pair);
  }
  return holder.kind === 'item' && !holder.seq.flow
    ? dashOf(text, holder.seq, holder.index) + 1
    : startOfWritten(text, holder.node);
}

function spansLines(text: string, node: YamlNode): boolean {
  return /[\r\n]/.test(text.slice(node.start, node.end));
}

function insertion(at: number, insert: string): TextEdit {
  return { span: { start: at, end: at }, insert };
}

function removal(start: number, end: number): TextEdit {
  return { span: { start, end }, insert: '' };
}
