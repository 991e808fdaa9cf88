/**
 * Where go-yaml is done with a document: behind the bracket that closes it, or at a line that is indented less than
 * its first. kubectl asks for one document only, so nobody looks at what follows, but for its first token.
 */
export class RootEnd {
  readonly #text: string;
  /** Column of the first token that is no marker; -1 before it. */
  #column = -1;
  #isFlow = false;
  #isRefused = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Asked of every place outside of brackets where a token may start, in their order. */
  isAt(at: number, line: number): boolean {
    const character = this.#text[at]!;
    if (this.#isRefused || ' \t\r\n#\uFEFF'.includes(character) || this.#isMarker(at, line)) {
      return false;
    }
    if (this.#column < 0) {
      this.#column = at - line;
      // What looks like JSON is read as JSON first, and that reader goes on.
      this.#isFlow = '{['.includes(character) && !/^\{\s*["}]/.test(this.#text.slice(at, at + 200));
      return false;
    }
    const isBehind = this.#isFlow ? character !== ':' : at - line < this.#column;
    this.#isRefused = isBehind && !this.#canStart(at, line);
    return isBehind && !this.#isRefused;
  }

  #isMarker(at: number, line: number): boolean {
    return this.#text.startsWith('---', at)
      ? at === line
      : at - line < 3 && this.#text.startsWith('---', line);
  }

  /** go-yaml reads one token ahead, and of that one it minds the form. */
  #canStart(at: number, line: number): boolean {
    const startsLine = this.#text.slice(line, at).trim() === '';
    const token = startsLine ? firstOfLine : firstBehind;
    token.lastIndex = at;
    return token.test(this.#text);
  }
}

const firstBehind = /[^\s"'@`%&*!|>?:#-]|"[^"\\]*"|'[^']*'|[*&][\w-]|[?:-]\S/y;
const firstOfLine = /[^\s"'@`%&*!|>#]|"[^"\\]*"|'[^']*'|[*&][\w-]/y;
