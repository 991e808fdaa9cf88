import { endOfLine } from './gaps';
import type { YamlNode } from './node';
import { type Piece, restore } from './restore';
import { RootEnd } from './root-end';

// go-yaml reads some texts that YAML 1.2 forbids: between brackets and quotes it does not look at indentation,
// for example. Such a text is rewritten into one our readers accept, and the tree is moved back afterwards.

export interface RelaxedText {
  readonly text: string;
  /** Where the document is over for go-yaml although text follows, which it does not look at. */
  readonly unreadFrom?: number;
  /** Moves the offsets of a tree read from the relaxed text to those of the original. */
  restore(root: YamlNode): void;
}

/** `undefined` when there is nothing to relax. */
export function relax(text: string): RelaxedText | undefined {
  const rewriter = new Rewriter(text);
  return rewriter.run();
}

class Rewriter {
  readonly #text: string;
  readonly #rootEnd: RootEnd;
  readonly #pieces: Piece[] = [{ place: 0, source: 0 }];
  #result = '';
  #copied = 0;
  #at = 0;
  #line = 0;
  #depth = 0;
  /** Where the outermost bracket or quote opened, counted from the start of its line. */
  #openColumn = 0;
  /** The column of the last key or dash, which block scalars have to be deeper than. */
  #blockColumn = -1;

  constructor(text: string) {
    this.#text = text;
    this.#rootEnd = new RootEnd(text);
  }

  run(): RelaxedText | undefined {
    let unreadFrom: number | undefined;
    while (this.#at < this.#text.length && !this.#isDocumentEnd()) {
      if (this.#depth === 0 && this.#rootEnd.isAt(this.#at, this.#line)) {
        unreadFrom = this.#at;
        break;
      }
      this.#token();
    }
    if (unreadFrom !== undefined) {
      this.#replace(unreadFrom, this.#text.length, '');
    } else if (this.#at < this.#text.length) {
      this.#replace(endOfLine(this.#text, this.#at), this.#text.length, '');
    } else if (this.#pieces.length === 1) {
      return undefined;
    }
    const pieces = this.#pieces;
    const text = this.#result + this.#text.slice(this.#copied);
    return {
      text,
      ...(unreadFrom !== undefined && { unreadFrom }),
      restore: (root) => restore(root, this.#text, pieces),
    };
  }

  #isDocumentEnd(): boolean {
    return this.#at === this.#line && /^\.\.\.(?:\s|$)/.test(this.#text.slice(this.#at, this.#at + 4));
  }

  #token(): void {
    const character = this.#text[this.#at]!;
    if (character === '\n' || character === '\r') {
      this.#lineBreak();
    } else if (character === '\t' && this.#depth > 0) {
      this.#replace(this.#at, this.#at + 1, ' ');
    } else if (character === '#') {
      this.#comment();
    } else if (character === '"' || character === "'") {
      const start = this.#at;
      this.#quoted(character);
      this.#keyEnds(start);
    } else if (character === '[' || character === '{') {
      this.#open();
      this.#depth++;
      this.#at++;
    } else if (character === ']' || character === '}') {
      this.#depth = Math.max(0, this.#depth - 1);
      this.#at++;
    } else if (character === ' ' || character === '\t' || character === ',') {
      this.#at++;
    } else if ((character === '|' || character === '>') && this.#depth === 0) {
      this.#blockScalar();
    } else if (this.#isTouchingQuestion()) {
      this.#replace(this.#at + 1, this.#at + 1, ' ');
    } else if (this.#isIndicator()) {
      this.#indicator();
    } else {
      this.#plain();
    }
  }

  #open(): void {
    if (this.#depth === 0) {
      this.#openColumn = this.#at - this.#line;
    }
  }

  #lineBreak(): void {
    this.#at += this.#text.startsWith('\r\n', this.#at) ? 2 : 1;
    this.#line = this.#at;
    if (this.#depth > 0) {
      this.#indent();
    }
  }

  /** Gives a line that goes on between brackets or quotes the indentation YAML 1.2 asks for. */
  #indent(): void {
    let end = this.#at;
    while (this.#text[end] === ' ' || this.#text[end] === '\t') {
      end++;
    }
    const indentation = this.#text.slice(this.#at, end);
    const isEmpty = end === endOfLine(this.#text, end);
    if (
      !isEmpty &&
      !this.#isMarker(end) &&
      (indentation.length < this.#openColumn || indentation.includes('\t'))
    ) {
      this.#replace(this.#at, end, ' '.repeat(Math.max(this.#openColumn, indentation.length)));
    } else {
      this.#at = end;
    }
  }

  #isMarker(at: number): boolean {
    return at === this.#line && /^(?:---|\.\.\.)(?:\s|$)/.test(this.#text.slice(at, at + 4));
  }

  #comment(): void {
    if (this.#at > this.#line && !' \t'.includes(this.#text[this.#at - 1]!)) {
      this.#replace(this.#at, this.#at, ' ');
    }
    this.#at = endOfLine(this.#text, this.#at);
  }

  #quoted(quote: string): void {
    this.#open();
    this.#at++;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]!;
      if (character === '\n' || character === '\r') {
        this.#depth++;
        this.#lineBreak();
        this.#depth--;
        if (this.#isMarker(this.#at)) {
          return;
        }
      } else if (character === '\\' && quote === '"') {
        this.#escape();
      } else if (character === quote) {
        this.#at++;
        if (quote === '"' || this.#text[this.#at] !== quote) {
          return;
        }
        this.#at++;
      } else {
        this.#at++;
      }
    }
  }

  #escape(): void {
    const next = this.#text[this.#at + 1];
    if (next === "'") {
      this.#replace(this.#at, this.#at + 1, '');
      this.#at++;
    } else {
      this.#at += next === '\n' || next === '\r' ? 1 : 2;
    }
  }

  /** Between brackets a `?` where a key may stand needs no space behind it. */
  #isTouchingQuestion(): boolean {
    return (
      this.#depth > 0 &&
      this.#text[this.#at] === '?' &&
      !' \t\r\n'.includes(this.#text[this.#at + 1] ?? '\n') &&
      /[[{,?]\s*$/.test(this.#text.slice(Math.max(0, this.#at - 200), this.#at))
    );
  }

  #isIndicator(): boolean {
    const next = this.#text[this.#at + 1] ?? '\n';
    return (
      '-?:'.includes(this.#text[this.#at]!) &&
      (' \t\r\n'.includes(next) || (this.#depth > 0 && this.#text[this.#at] === ':'))
    );
  }

  #indicator(): void {
    if (this.#depth === 0 && this.#text[this.#at] !== ':') {
      this.#blockColumn = this.#at - this.#line;
    }
    this.#at++;
  }

  #plain(): void {
    const start = this.#at;
    this.#at++;
    while (this.#at < this.#text.length && !this.#endsPlain()) {
      this.#at++;
    }
    const isDash =
      this.#depth > 0 && this.#text[start] === '-' && this.#text.slice(start, this.#at).trim() === '-';
    if (isDash && ',]}'.includes(this.#text[start + 1] ?? '')) {
      this.#replace(start, start, '"');
      this.#replace(start + 1, start + 1, '"');
    } else {
      this.#keyEnds(start);
    }
  }

  #keyEnds(start: number): void {
    if (this.#depth === 0 && this.#text[this.#at] === ':' && start >= this.#line) {
      this.#blockColumn = start - this.#line;
    }
  }

  #endsPlain(): boolean {
    const character = this.#text[this.#at]!;
    const next = this.#text[this.#at + 1] ?? '\n';
    if (character === '\n' || character === '\r') {
      return this.#depth > 0 || !this.#goesOnBehind();
    }
    return (
      (character === ':' && ' \t\r\n'.includes(next)) ||
      (character === '#' && ' \t'.includes(this.#text[this.#at - 1]!)) ||
      (this.#depth > 0 && ',[]{}'.includes(character))
    );
  }

  /** A plain text outside brackets goes on in the next line when that is deeper than its key. */
  #goesOnBehind(): boolean {
    const [whole, indentation] = /^(?:[ \t]*(?:\r\n|\n|\r))*( *)/.exec(this.#text.slice(this.#at))!;
    const next = this.#text[this.#at + whole.length] ?? '#';
    if (indentation!.length <= this.#blockColumn || next === '#') {
      return false;
    }
    this.#at += whole.length - 1;
    this.#line = this.#at + 1 - indentation!.length;
    return true;
  }

  #blockScalar(): void {
    this.#at = endOfLine(this.#text, this.#at);
    while (this.#at < this.#text.length) {
      const [whole, indentation] = /^(?:\r\n|\n|\r)( *)/.exec(this.#text.slice(this.#at))!;
      const next = this.#text[this.#at + whole.length] ?? '\n';
      if (indentation!.length <= this.#blockColumn && next !== '\n' && next !== '\r') {
        return;
      }
      this.#at = endOfLine(this.#text, this.#at + whole.length);
    }
  }

  #replace(start: number, end: number, insert: string): void {
    this.#result += this.#text.slice(this.#copied, start) + insert;
    this.#pieces.push({ place: this.#result.length - insert.length, source: start });
    this.#pieces.push({ place: this.#result.length, source: end });
    this.#copied = end;
    this.#at = end;
  }
}
