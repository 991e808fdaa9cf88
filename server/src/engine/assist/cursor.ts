import { type Span, span } from '../text/span';
import type { Path, YamlDocument, YamlNode } from '../yaml/node';
import { keyText, nodeAt, resolved } from '../yaml/walk';
import { mark } from './mark';
import { type Around, readAround } from './read-around';
import { lineAt, sectionAt } from './sections';
import { type Word, wordAt } from './word';

/** What can be typed at an offset of a document. */
export interface Cursor {
  /** `either`: a value that may turn out to be the first key of a map. */
  readonly at: 'key' | 'value' | 'either';
  /** For a key the path of its map, otherwise the path of the value. */
  readonly path: Path;
  /** The document with a mark for the word that is being typed. */
  readonly root: YamlNode | undefined;
  readonly prefix: string;
  readonly replace: Span;
  /** What an inserted text has to start with: the blank behind a colon, or an indentation set right. */
  readonly lead: string;
  /** The column of the keys here, or of the key whose value is typed. */
  readonly column: number;
  readonly flow: boolean;
  readonly quote: '' | '"' | "'";
  /** The quote that has to follow the word. */
  readonly closing: string;
  /** The word already has its colon. */
  readonly colon: boolean;
  /** The value stands on the line of its key. */
  readonly behindKey: boolean;
  /** Keys that stand beside the word. */
  readonly siblings: readonly string[];
}

/** Finds out what is being typed, in text that need not be whole. Nothing in comments, in prose and between words. */
export function cursorAt(document: YamlDocument, offset: number): Cursor | undefined {
  const section = sectionAt(document.text, offset);
  if (!section) {
    return undefined;
  }
  const text = document.text.slice(section.start, section.end);
  const line = lineAt(text, offset - section.start);
  const content = text.slice(line.start, line.end);
  const column = offset - section.start - line.start;
  const whole = text.length === document.text.length;
  const depth = whole ? bracketsAround(document.root, text, line.start) : 0;
  const word = wordAt(content, column, depth);
  if (!word || isFollowedByItsValue(text, line, word, content)) {
    return undefined;
  }
  const masked = text.slice(0, line.start) + maskedLine(content, word, depth) + text.slice(line.end);
  const around = readAround(masked, line.start);
  return around && describe(around, { content, word, column, start: section.start + line.start, depth });
}

/** How many closed flow collections hold an offset. One that is never closed says nothing about later lines. */
function bracketsAround(root: YamlNode | undefined, text: string, offset: number): number {
  let node = resolved(root);
  let depth = 0;
  while (node && node.type !== 'scalar' && node.type !== 'alias') {
    if (node.flow && node.start < offset && offset < node.end && /[\]}]/.test(text.charAt(node.end - 1))) {
      depth++;
    }
    const children: readonly YamlNode[] = node.type === 'map' ? node.pairs.map((it) => it.value) : node.items;
    node = children.find((it) => it.start < offset && offset < it.end);
  }
  return depth;
}

/** `route:` whose list stands below: nothing may be typed behind the colon. */
function isFollowedByItsValue(text: string, line: Span, word: Word, content: string): boolean {
  if (!word.behindKey || word.start < word.end) {
    return false;
  }
  const below = /^(?:[ \t]*(?:#.*)?\r?\n)*(?<indent> *)(?=\S)(?<dash>-(?=\s))?/.exec(
    text.slice(text.indexOf('\n', line.end) + 1 || text.length),
  )?.groups;
  const own = keyColumn(content);
  return below !== undefined && below.indent!.length + (below.dash ? 1 : 0) > own;
}

function keyColumn(content: string): number {
  return /^(?: *- +)* */.exec(content)![0].length;
}

/** The line with the mark for the word, made whole where the rest is not typed yet. */
function maskedLine(content: string, word: Word, depth: number): string {
  const head = content.slice(0, word.start) + (word.touchesColon ? ' ' : '');
  const rest = word.closed ? content.slice(word.end) : word.quote;
  if (depth > 0 || word.brackets !== '' || word.behindKey) {
    return head + mark + (word.missing === '' ? rest : rest.replace(/\s#.*$/, '') + word.missing);
  }
  return head + mark + (word.colon ? rest : `${word.quote}:`);
}

interface Typed {
  readonly content: string;
  readonly word: Word;
  readonly column: number;
  readonly start: number;
  readonly depth: number;
}

function describe(around: Around, { content, word, column, start, depth }: Typed): Cursor {
  const { root, path, part } = around;
  const flow = depth > 0 || word.brackets !== '';
  const map = resolved(nodeAt(root, path));
  const pairs = part === 'key' && map?.type === 'map' ? map.pairs : [];
  const siblings = pairs.flatMap((it) => keyText(it) ?? []).filter((it) => it !== mark);
  const alone = siblings.length === 0 && !word.colon && !flow && path.length > 0;
  const other = flow ? undefined : pairs.find((it) => keyText(it) !== mark);
  const own = word.behindKey ? keyColumn(content) : word.start - word.quote.length;
  const wanted = other ? columnOf(around.text, other.key.start) : own;
  const misplaced = word.first && wanted !== own;
  const lead = misplaced ? ' '.repeat(wanted) + word.quote : word.touchesColon ? ' ' : '';
  // The colon of a key has to come behind its quote, so the quote is written anew.
  const takesQuote = part === 'key' && flow && !word.colon;
  return {
    at: part === 'value' ? 'value' : alone ? 'either' : 'key',
    path,
    root,
    prefix: content.slice(word.start, column),
    replace: span(
      misplaced ? start : start + word.start,
      start + word.end + (takesQuote && word.closed ? word.quote.length : 0),
    ),
    lead,
    column: wanted,
    flow,
    quote: word.quote,
    closing: takesQuote || !word.closed ? word.quote : '',
    colon: word.colon,
    behindKey: word.behindKey,
    siblings,
  };
}

function columnOf(text: string, offset: number): number {
  return offset - lineAt(text, offset).start;
}
