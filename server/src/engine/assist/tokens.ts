import { type Span, span } from '../text/span';

/** The parts of one line that say what stands where. Enough to find the word under a cursor, no more. */
export interface Token extends Span {
  readonly kind:
    | 'dash'
    | 'colon'
    | 'comma'
    | 'open'
    | 'close'
    | 'word'
    | 'quoted'
    | 'open-quoted'
    | 'comment';
}

/**
 * Cuts one line of YAML into tokens. `depth` is how many brackets are open where the line starts; plain words end
 * at other characters inside of brackets than outside.
 */
export function tokensOf(line: string, depth: number): Token[] {
  const tokens: Token[] = [];
  let open = depth;
  let offset = 0;
  while (offset < line.length) {
    const character = line.charAt(offset);
    if (character === ' ' || character === '\t') {
      offset++;
      continue;
    }
    const token = tokenAt(line, offset, open, tokens);
    open += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    tokens.push(token);
    offset = token.end;
  }
  return tokens;
}

function tokenAt(line: string, at: number, open: number, before: readonly Token[]): Token {
  const character = line.charAt(at);
  const one = (kind: Token['kind']): Token => ({ kind, ...span(at, at + 1) });
  if (character === '#' && (at === 0 || isBlank(line.charAt(at - 1)))) {
    return { kind: 'comment', ...span(at, line.length) };
  }
  if (character === '"' || character === "'") {
    return quotedAt(line, at, character);
  }
  if (character === '[' || character === '{') {
    return one('open');
  }
  if (open > 0 && (character === ']' || character === '}')) {
    return one('close');
  }
  if (open > 0 && character === ',') {
    return one('comma');
  }
  if (character === ':' && endsKey(line, at, open, before.at(-1))) {
    return one('colon');
  }
  if (character === '-' && open === 0 && endsWord(line, at + 1) && before.every((it) => it.kind === 'dash')) {
    return one('dash');
  }
  return { kind: 'word', ...span(at, wordEnd(line, at, open)) };
}

/** A colon ends a key when a blank follows, and in brackets also behind a quoted key. */
function endsKey(line: string, at: number, open: number, before: Token | undefined): boolean {
  const afterQuoted = before?.kind === 'quoted' && before.end === at;
  return endsWord(line, at + 1) || (open > 0 && (afterQuoted || /[,[\]{}]/.test(line.charAt(at + 1))));
}

function wordEnd(line: string, start: number, open: number): number {
  for (let offset = start + 1; offset < line.length; offset++) {
    const character = line.charAt(offset);
    const ends =
      (character === ':' && endsKey(line, offset, open, undefined)) ||
      (character === '#' && isBlank(line.charAt(offset - 1))) ||
      (open > 0 && /[,[\]{}]/.test(character));
    if (ends) {
      return start + line.slice(start, offset).trimEnd().length;
    }
  }
  return start + line.slice(start).trimEnd().length;
}

function quotedAt(line: string, start: number, quote: string): Token {
  for (let offset = start + 1; offset < line.length; offset++) {
    const character = line.charAt(offset);
    if (character === '\\' && quote === '"') {
      offset++;
    } else if (character === quote) {
      if (quote === "'" && line.charAt(offset + 1) === quote) {
        offset++;
      } else {
        return { kind: 'quoted', ...span(start, offset + 1) };
      }
    }
  }
  return { kind: 'open-quoted', ...span(start, line.trimEnd().length) };
}

function endsWord(line: string, offset: number): boolean {
  return offset >= line.length || isBlank(line.charAt(offset));
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}
