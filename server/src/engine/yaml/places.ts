import { behind, endOfLine, skipBlank } from './gaps';
import type { YamlMap, YamlNode, YamlPair, YamlSeq } from './node';

// Where things stand on their lines. Edits of block collections are edits of whole lines, so this is what
// they ask for.

/** A node and the collection that holds it; the root has none. */
export type Holder =
  | { readonly kind: 'root'; readonly node: YamlNode }
  | { readonly kind: 'pair'; readonly node: YamlNode; readonly map: YamlMap; readonly pair: YamlPair }
  | { readonly kind: 'item'; readonly node: YamlNode; readonly seq: YamlSeq; readonly index: number };

export function isInFlow(holder: Holder): boolean {
  return holder.kind === 'pair' ? holder.map.flow : holder.kind === 'item' && holder.seq.flow;
}

export function startOfLine(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) {
    start--;
  }
  return start;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** The start of the next line, or the end of the text. */
export function startOfNextLine(text: string, at: number): number {
  const end = endOfLine(text, at);
  return Math.min(text.length, text.startsWith('\r\n', end) ? end + 2 : end + 1);
}

export function columnOf(text: string, at: number): number {
  const line = startOfLine(text, at);
  return at - line - (line === 0 && text.charCodeAt(0) === 0xfeff && at > 0 ? 1 : 0);
}

/** A byte order mark counts as blank. */
export function isBlankBetween(text: string, from: number, to: number): boolean {
  return text.slice(from, to).trim() === '';
}

/** The first character of what a node writes: an anchor, a tag or a `?` before it, or the node itself. */
export function startOfWritten(text: string, node: YamlNode): number {
  const first = node.type === 'map' ? node.pairs[0] : undefined;
  const start = first && first.key.start === node.start ? startOfPair(text, first) : node.start;
  if (node.anchor === undefined && node.tag === undefined) {
    return start;
  }
  const before = text.slice(Math.max(0, start - 400), start);
  return start - /(?:(?:!<[^>\s]*>|[&!][^\s,[\]{}]*)\s*)*$/.exec(before)![0].length;
}

/** The first character of a pair: its `?` if it has one. */
export function startOfPair(text: string, { key }: YamlPair): number {
  const start = startOfWritten(text, key);
  const before = text.slice(Math.max(0, start - 100), start);
  return start - (/(?<![^\s[{,])\?[ \t]+$/.exec(before)?.[0].length ?? 0);
}

/** Right behind the colon of a pair, or behind its key when it has none. */
export function behindColon(text: string, { key }: YamlPair): number {
  return behind(text, key.end, ':');
}

/** The dash of an item in a block sequence. */
export function dashOf(text: string, seq: YamlSeq, index: number): number {
  return index === 0 ? seq.start : skipBlank(text, seq.items[index - 1]!.end);
}

/** Columns from one dash to what follows it on its line. */
export function dashSpacing(text: string, seq: YamlSeq): number {
  for (let index = seq.items.length - 1; index >= 0; index--) {
    const dash = dashOf(text, seq, index);
    const spaces = /^ +(?=[^\s#])/.exec(text.slice(dash + 1, dash + 20));
    if (spaces) {
      return spaces[0].length;
    }
  }
  return 1;
}

/** The end of what a node writes in block style, with a comment behind it on its last line. */
export function endOfContent(text: string, node: YamlNode): number {
  const end = endOfLine(text, node.end);
  const isOwnLine = /^[ \t]*(?:#.*)?$/.test(text.slice(node.end, end));
  return isOwnLine ? endOfKeptBreaks(text, node, end) : node.end;
}

/** The empty lines behind a block scalar with `+` are part of its text. */
function endOfKeptBreaks(text: string, node: YamlNode, end: number): number {
  const last = lastLeaf(node);
  if (last.type !== 'scalar' || !/^[|>][1-9]?\+/.test(text.slice(last.start, last.start + 3))) {
    return end;
  }
  return end + /^(?:(?:\r\n|\n|\r)[ \t]*(?=\r|\n))*/.exec(text.slice(end))![0].length;
}

/** The scalar, alias or bracket a node ends with. */
export function lastLeaf(node: YamlNode): YamlNode {
  if (node.type === 'map' && !node.flow && node.pairs.length > 0) {
    return lastLeaf(node.pairs.at(-1)!.value);
  }
  return node.type === 'seq' && !node.flow && node.items.length > 0 ? lastLeaf(node.items.at(-1)!) : node;
}

/** The start of the comment lines that stand directly above `at` in its column, or of its own line. */
export function startWithComments(text: string, at: number): number {
  const column = columnOf(text, at);
  let start = startOfLine(text, at);
  while (start > 0) {
    const above = startOfLine(text, text.startsWith('\r\n', start - 2) ? start - 2 : start - 1);
    const line = text.slice(above, endOfLine(text, above));
    if (line.trimStart()[0] !== '#' || line.length - line.trimStart().length !== column) {
      break;
    }
    start = above;
  }
  return start;
}

/** The end of the lines from `end` on that are comments deeper than `column`: they belong to what stands above. */
export function endWithComments(text: string, end: number, column: number): number {
  let last = end;
  for (let at = startOfNextLine(text, end); at < text.length; at = startOfNextLine(text, at)) {
    const line = text.slice(at, endOfLine(text, at));
    const content = line.trimStart();
    if (content !== '' && (content[0] !== '#' || line.length - content.length <= column)) {
      break;
    }
    last = content === '' ? last : at + line.length;
  }
  return last;
}
