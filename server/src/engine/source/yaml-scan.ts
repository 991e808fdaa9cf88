import type { Span } from '../text/span';

/**
 * Where in a YAML text something stands that is filled in later.
 * `lead`: nothing but white space and other insertions is in front of it on its line. `flow`: unquoted, between
 * brackets. `outdented`: within a block scalar, but not indented as its content has to be.
 */
export interface Insertion extends Span {
  readonly context: 'lead' | 'plain' | 'flow' | 'single' | 'double' | 'block' | 'outdented';
  readonly kind: 'action' | 'variable';
}

/** What starts at an offset: the offset behind it and what it is. */
export type FindInsertion = (
  text: string,
  offset: number,
  context: Insertion['context'],
) => { readonly end: number; readonly kind: Insertion['kind'] } | undefined;

/**
 * Goes through a text that is YAML but for its insertions, and tells where each of them stands. Comments are
 * passed over. This is no parser: it knows just enough of quotes, brackets and block scalars to tell them apart.
 */
export function scanInsertions(text: string, find: FindInsertion): Insertion[] {
  return new Scanner(text, find).scan();
}

/** Whether the brackets at the offset open an action: `{{`, or `{%` and `{#` of Jinja. */
export function startsAction(text: string, offset: number): boolean {
  const next = text.charAt(offset + 1);
  return text.charAt(offset) === '{' && (next === '{' || next === '%' || next === '#');
}

class Scanner {
  readonly #text: string;
  readonly #find: FindInsertion;
  readonly #found: Insertion[] = [];
  #offset = 0;
  #quote: '"' | "'" | undefined;
  #depth = 0;
  /** The column a block scalar has to stand behind, while in one. */
  #blockColumn: number | undefined;

  constructor(text: string, find: FindInsertion) {
    this.#text = text;
    this.#find = find;
  }

  scan(): Insertion[] {
    while (this.#offset < this.#text.length) {
      if (this.#blockColumn !== undefined && this.#inBlockScalar(this.#blockColumn)) {
        this.#blockLine();
      } else {
        this.#blockColumn = undefined;
        this.#line();
      }
    }
    return this.#found;
  }

  /** Whether the line at hand is content of the block scalar whose parent stands at `column`. */
  #inBlockScalar(column: number): boolean {
    let start = this.#offset;
    // A line of template control may stand anywhere; the next line of text decides.
    for (let line = 0; line < maxControlLines; line++) {
      const end = lineEnd(this.#text, start);
      const indent = indentOf(this.#text, start);
      if (start + indent >= end || indent > column) {
        return true;
      }
      const controlEnd = this.#controlLineEnd(start + indent);
      if (controlEnd === undefined || controlEnd >= this.#text.length) {
        return false;
      }
      start = controlEnd;
    }
    return false;
  }

  /** The start of the line behind one that holds nothing but template actions from `offset` on. */
  #controlLineEnd(offset: number): number | undefined {
    let end = offset;
    while (startsAction(this.#text, end)) {
      end = this.#find(this.#text, end, 'lead')?.end ?? end + 2;
      end += indentOf(this.#text, end);
    }
    const closes = end > offset && (this.#text.charAt(end) === '\n' || end === this.#text.length);
    return closes ? end + 1 : undefined;
  }

  #blockLine(): void {
    const end = lineEnd(this.#text, this.#offset);
    const indented = indentOf(this.#text, this.#offset) > this.#blockColumn!;
    while (this.#offset < end) {
      this.#offset = this.#insertion(indented ? 'block' : 'outdented') ?? this.#offset + 1;
    }
    this.#offset = Math.max(this.#offset, end + 1);
  }

  /** One line outside block scalars, or more when an insertion or a quoted scalar spans lines. */
  #line(): void {
    const start = this.#offset;
    let inPlain = false;
    let lead = true;
    while (this.#offset < this.#text.length) {
      const character = this.#text.charAt(this.#offset);
      if (character === '\n') {
        this.#offset++;
        return;
      }
      const context = this.#context(lead);
      const end = this.#insertion(context);
      if (end !== undefined) {
        this.#offset = end;
        inPlain = this.#quote === undefined;
        lead &&= inPlain && this.#depth === 0 && context === 'lead';
        continue;
      }
      if (this.#quote) {
        this.#quoted(character);
        lead = false;
        continue;
      }
      if (character === '#' && /\s|^$/.test(this.#text.charAt(this.#offset - 1))) {
        this.#offset = lineEnd(this.#text, this.#offset);
        continue;
      }
      if (!inPlain && (character === '!' || character === '&')) {
        this.#offset = tokenEnd(this.#text, this.#offset);
        lead = false;
        continue;
      }
      if (!inPlain && this.#blockHeader(start, character)) {
        return;
      }
      inPlain = this.#unquoted(character, inPlain);
      lead &&= /\s/.test(character);
      this.#offset++;
    }
  }

  #context(lead: boolean): Insertion['context'] {
    return this.#quoteContext() ?? (this.#depth > 0 ? 'flow' : lead ? 'lead' : 'plain');
  }

  #quoteContext(): 'single' | 'double' | undefined {
    return this.#quote && (this.#quote === '"' ? 'double' : 'single');
  }

  #quoted(character: string): void {
    if (character === '\\' && this.#quote === '"' && this.#text.charAt(this.#offset + 1) !== '\n') {
      this.#offset += 2;
      return;
    }
    if (character === this.#quote) {
      const doubled = character === "'" && this.#text.charAt(this.#offset + 1) === "'";
      this.#offset += doubled ? 2 : 1;
      this.#quote = doubled ? this.#quote : undefined;
      return;
    }
    this.#offset++;
  }

  /** Reads one character outside quotes and says whether a plain scalar goes on behind it. */
  #unquoted(character: string, inPlain: boolean): boolean {
    const next = this.#text.charAt(this.#offset + 1);
    const spaceFollows = /\s|^$/.test(next);
    if (this.#depth > 0 && /[\]},[{]/.test(character)) {
      this.#depth += character === ',' ? 0 : character === ']' || character === '}' ? -1 : 1;
      return false;
    }
    if (character === ':' && (spaceFollows || (this.#depth > 0 && /[,[\]{}]/.test(next)))) {
      return false;
    }
    if (inPlain || /\s/.test(character)) {
      return inPlain;
    }
    if (character === '[' || character === '{') {
      this.#depth++;
      return false;
    }
    if (character === '"' || character === "'") {
      this.#quote = character;
      return false;
    }
    return !((character === '-' || character === '?') && spaceFollows);
  }

  /** Enters a block scalar when its header is at hand. */
  #blockHeader(lineStart: number, character: string): boolean {
    if ((character !== '|' && character !== '>') || this.#depth > 0) {
      return false;
    }
    const end = lineEnd(this.#text, this.#offset);
    const header = /^[|>][-+0-9]{0,2}[ \t\r]*(?:[ \t]#.*)?$/;
    if (end - this.#offset > 200 || !header.test(this.#text.slice(this.#offset, end))) {
      return false;
    }
    this.#blockColumn = parentColumn(this.#text.slice(lineStart, this.#offset));
    this.#offset = end + 1;
    return true;
  }

  /** Records an insertion that starts at the offset and returns the offset behind it. */
  #insertion(context: Insertion['context']): number | undefined {
    const character = this.#text.charAt(this.#offset);
    if (character !== '{' && character !== '$' && character !== '`' && character !== '<') {
      return undefined;
    }
    const found = this.#find(this.#text, this.#offset, context);
    if (!found) {
      return undefined;
    }
    this.#found.push({ start: this.#offset, end: found.end, kind: found.kind, context });
    return found.end;
  }
}

const maxControlLines = 50;

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function indentOf(text: string, start: number): number {
  let end = start;
  while (text.charAt(end) === ' ' || text.charAt(end) === '\r') {
    end++;
  }
  return end - start;
}

/** The column of the node that a block scalar on this line belongs to. */
function parentColumn(lineHead: string): number {
  const dashes = /^ *(?:- +)*/.exec(lineHead)![0];
  return dashes === lineHead ? dashes.trimEnd().length - 1 : dashes.length;
}

/** The end of a tag or an anchor. */
function tokenEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s,[\]{}]/.test(text.charAt(end))) {
    end++;
  }
  return end;
}
