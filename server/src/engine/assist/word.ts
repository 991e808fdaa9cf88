import { type Span, span } from '../text/span';
import { type Token, tokensOf } from './tokens';

/** What is being typed on a line, and how the line reads around it. Offsets count from the start of the line. */
export interface Word extends Span {
  /** Set when the cursor stands between quotes, which stay. */
  readonly quote: '' | '"' | "'";
  readonly closed: boolean;
  /** A colon follows, so the word is a key that has one. */
  readonly colon: boolean;
  /** A key and its colon stand before it on the line, outside of brackets. */
  readonly behindKey: boolean;
  /** The key's colon is the character right before the word, where a value may not start. */
  readonly touchesColon: boolean;
  /** Brackets that are open at the word, as the closing ones they want, innermost last. */
  readonly brackets: string;
  /** What has to be closed behind the word for the line to be whole. */
  readonly missing: string;
  /** Nothing but white space stands before it. */
  readonly first: boolean;
}

/** The word at `column`, which may be empty; nothing where no key and no value can be typed. */
export function wordAt(line: string, column: number, depth: number): Word | undefined {
  const tokens = tokensOf(line, depth);
  const own = tokens.find((it) => isText(it) && it.start <= column && column <= it.end);
  const before = tokens.filter((it) => it !== own && it.end <= column);
  const after = tokens.filter((it) => it !== own && it.start >= (own?.end ?? column));
  const comment = tokens.find((it) => it.kind === 'comment' && it.start < column);
  if (comment || (own === undefined && standsInTheWay(line, column, tokens))) {
    return undefined;
  }
  const inner = innerSpan(line, own, column);
  if (!inner) {
    return undefined;
  }
  const colon = after[0]?.kind === 'colon';
  const last = before.at(-1);
  const brackets = openBrackets(before, line, '');
  return {
    ...inner,
    colon,
    behindKey: brackets === '' && depth === 0 && before.some((it) => it.kind === 'colon'),
    touchesColon: own === undefined && last?.kind === 'colon' && last.end === column,
    brackets,
    missing: depth === 0 ? openBrackets(after, line, brackets) : '',
    first: before.length === 0,
  };
}

function isText({ kind }: Token): boolean {
  return kind === 'word' || kind === 'quoted' || kind === 'open-quoted';
}

/** A finished word before the cursor, or one behind it, leaves no room for another. */
function standsInTheWay(line: string, column: number, tokens: readonly Token[]): boolean {
  const last = tokens.findLast((it) => it.end <= column);
  const next = tokens.find((it) => it.start >= column);
  const closed = last !== undefined && (isText(last) || last.kind === 'close');
  const touchesDash = last?.kind === 'dash' && last.end === column;
  const free = next === undefined || ['comma', 'close', 'comment'].includes(next.kind);
  return closed || touchesDash || !free || (last === undefined && line.slice(0, column).includes('\t'));
}

function innerSpan(
  line: string,
  token: Token | undefined,
  column: number,
): (Span & { readonly quote: Word['quote']; readonly closed: boolean }) | undefined {
  if (!token) {
    return { ...span(column, column), quote: '', closed: true };
  }
  if (token.kind === 'word') {
    return { ...span(token.start, token.end), quote: '', closed: true };
  }
  const closed = token.kind === 'quoted';
  const end = token.end - (closed ? 1 : 0);
  const quote = line.charAt(token.start) === '"' ? '"' : "'";
  return column > token.start && column <= end ? { ...span(token.start + 1, end), quote, closed } : undefined;
}

function openBrackets(tokens: readonly Token[], line: string, before: string): string {
  let open = before;
  for (const { kind, start } of tokens) {
    if (kind === 'open') {
      open += line.charAt(start) === '[' ? ']' : '}';
    } else if (kind === 'close') {
      open = open.slice(0, -1);
    }
  }
  return open;
}
