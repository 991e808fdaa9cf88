import { quoted } from '../../schema/words';

// Whether a text is an expression of CEL, the language of filters. What its names mean is not looked at.

const token =
  /\s+|\/\/[^\n]*|(?<text>[rRbB]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))|(?<number>0[xX][0-9a-fA-F]+[uU]?|(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?[uU]?)|(?<name>[A-Za-z_]\w*|`[^`\n]+`)|(?<sign>&&|\|\||[=!<>]=|[-+*/%!<>()[\]{}.,:?])/y;

const binary = new Set(['&&', '||', '==', '!=', '<=', '>=', '<', '>', 'in', '+', '-', '*', '/', '%']);
const maxDepth = 250;

class Fault extends Error {}

interface Token {
  readonly kind: 'literal' | 'name' | 'sign' | 'end';
  readonly text: string;
}

/** What is wrong with an expression, in words. */
export function celSyntaxFault(text: string): string | undefined {
  try {
    const reader = new Reader(tokensOf(text));
    reader.expression(0);
    reader.expectEnd();
    return undefined;
  } catch (error) {
    if (error instanceof Fault) {
      return error.message;
    }
    throw error;
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (!match) {
      throw new Fault(`${quoted(text.slice(start, start + 12))} is not understood`);
    }
    const { text: string, number, name, sign } = match.groups!;
    const kind =
      string !== undefined || number !== undefined ? 'literal' : name !== undefined ? 'name' : 'sign';
    if (kind !== 'sign' || sign !== undefined) {
      tokens.push({ kind, text: match[0] });
    }
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  expression(depth: number): void {
    if (depth > maxDepth) {
      throw new Fault('it is nested too deeply');
    }
    this.#operand(depth);
    while (binary.has(this.#next.text) && this.#next.kind !== 'literal') {
      this.#index++;
      this.#operand(depth);
    }
    if (this.#take('?')) {
      this.expression(depth + 1);
      this.#expect(':');
      this.expression(depth + 1);
    }
  }

  expectEnd(): void {
    if (this.#next.kind !== 'end') {
      throw new Fault(`${quoted(this.#next.text)} stands where an operator or the end should`);
    }
  }

  #operand(depth: number): void {
    while (this.#take('!') || this.#take('-')) {
      // Signs may be repeated.
    }
    this.#primary(depth);
    for (;;) {
      if (this.#take('.')) {
        this.#take('?');
        this.#name();
      } else if (this.#take('[')) {
        this.#take('?');
        this.expression(depth + 1);
        this.#expect(']');
      } else if (this.#take('(')) {
        this.#list(')', depth, false);
      } else if (this.#take('{')) {
        this.#list('}', depth, true);
      } else {
        return;
      }
    }
  }

  #primary(depth: number): void {
    if (this.#take('(')) {
      this.expression(depth + 1);
      this.#expect(')');
    } else if (this.#take('[')) {
      this.#list(']', depth, false);
    } else if (this.#take('{')) {
      this.#list('}', depth, true);
    } else if (this.#next.kind === 'literal') {
      this.#index++;
    } else {
      this.#take('.');
      this.#name();
    }
  }

  /** Items, or pairs, up to `end`; the last may be followed by a comma. */
  #list(end: string, depth: number, pairs: boolean): void {
    while (!this.#take(end)) {
      this.#take('?');
      this.expression(depth + 1);
      if (pairs) {
        this.#expect(':');
        this.expression(depth + 1);
      }
      if (!this.#take(',')) {
        this.#expect(end);
        return;
      }
    }
  }

  #name(): void {
    if (this.#next.kind !== 'name' || this.#next.text === 'in') {
      throw new Fault(this.#found('a value'));
    }
    this.#index++;
  }

  #expect(text: string): void {
    if (!this.#take(text)) {
      throw new Fault(this.#found(`"${text}"`));
    }
  }

  #found(wanted: string): string {
    return this.#next.kind === 'end'
      ? `${wanted} is missing at its end`
      : `${wanted} is missing before ${quoted(this.#next.text)}`;
  }

  #take(sign: string): boolean {
    if (this.#next.kind === 'sign' && this.#next.text === sign) {
      this.#index++;
      return true;
    }
    return false;
  }

  get #next(): Token {
    return this.#tokens[this.#index] ?? { kind: 'end', text: '' };
  }
}
