import type { Variables } from './region';
import { type FindInsertion, type Insertion, startsAction } from './yaml-scan';

/** What to look for: `{{ … }}` with Jinja's `{% … %}` and `{# … #}`, variables of a kind, and `<name>` where prose asks the reader to fill something in. */
export interface InsertionSyntax {
  readonly actions: boolean;
  readonly variables: Variables;
  readonly placeholders: boolean;
  /** Offsets at which a `$` or a backtick is only that. */
  readonly escaped?: ReadonlySet<number>;
}

/** A finder for one run over one text. */
export function insertionFinder(syntax: InsertionSyntax): FindInsertion {
  const action = actionFinder();
  return (text, offset, context) => {
    if (syntax.escaped?.has(offset)) {
      return undefined;
    }
    switch (text.charAt(offset)) {
      case '{':
        return syntax.actions && startsAction(text, offset)
          ? asInsertion(
              (text.charAt(offset + 1) === '{' ? action : jinjaEnd)(text, offset, context),
              'action',
            )
          : undefined;
      case '<':
        return syntax.placeholders ? asInsertion(match(placeholder, text, offset), 'variable') : undefined;
      default:
        return syntax.variables === 'none'
          ? undefined
          : asInsertion(variableEnd(text, offset, syntax.variables), 'variable');
    }
  };
}

/** The end of Jinja's `{% … %}` or `{# … #}`. Only one that stands at the start of a line may go over several. */
function jinjaEnd(text: string, offset: number, context: Insertion['context']): number | undefined {
  const end = match(text.charAt(offset + 1) === '%' ? statement : remark, text, offset);
  const isLong = end !== undefined && text.slice(offset, end).includes('\n');
  return isLong && context !== 'lead' ? undefined : end;
}

const statement = /\{%[\s\S]{0,2000}?%\}/y;
const remark = /\{#[\s\S]{0,2000}?#\}/y;
const placeholder = /<[A-Za-z][\w .:/-]{0,60}>/y;
const shellVariable = /\$(?:[A-Za-z_]\w*|[0-9@*#?]|\{[^}\n]{1,300}\})|`[^`\n]{1,1000}`/y;
const writtenVariable = /\$(?:\{[^}\n]{1,300}\}|\([A-Za-z_][\w.-]*\)|[A-Z_][A-Z0-9_]*)/y;

function asInsertion(end: number | undefined, kind: Insertion['kind']): ReturnType<FindInsertion> {
  return end === undefined ? undefined : { end, kind };
}

function variableEnd(text: string, offset: number, variables: Variables): number | undefined {
  if (variables === 'envsubst') {
    return match(writtenVariable, text, offset);
  }
  return text.startsWith('$(', offset) ? commandEnd(text, offset + 1) : match(shellVariable, text, offset);
}

/** The end of `(…)`, brackets within included. */
function commandEnd(text: string, open: number): number | undefined {
  const limit = Math.min(text.length, open + maxCommandLength);
  let depth = 0;
  for (let offset = open; offset < limit; offset++) {
    const character = text.charAt(offset);
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (depth === 0) {
      return offset + 1;
    }
  }
  return undefined;
}

const maxCommandLength = 2_000;
const maxActionLength = 20_000;
const maxUnclosed = 20;

/**
 * Finds the end of a `{{`. One that is never closed ends with its line, unless it stands in a text, of which it is
 * then a part; after many of them nobody looks further.
 */
function actionFinder(): (text: string, offset: number, context: Insertion['context']) => number | undefined {
  let unclosed = 0;
  return (text, offset, context) => {
    const end = unclosed < maxUnclosed ? actionEnd(text, offset) : undefined;
    if (end !== undefined) {
      return end;
    }
    unclosed++;
    if (context === 'single' || context === 'double' || context === 'block') {
      return undefined;
    }
    const [rest] = text.slice(offset, offset + maxActionLength).split(/\r?\n/, 1);
    return offset + rest!.length;
  };
}

function actionEnd(text: string, start: number): number | undefined {
  const limit = Math.min(text.length, start + maxActionLength);
  const comment = /^\{\{-?\s*\/\*/.exec(text.slice(start, start + 20));
  let offset = start + (comment?.[0].length ?? 2);
  if (comment) {
    offset = text.indexOf('*/', offset);
    if (offset < 0 || offset > limit) {
      return undefined;
    }
  }
  while (offset < limit) {
    const character = text.charAt(offset);
    if (character === '}' && text.charAt(offset + 1) === '}') {
      return offset + 2;
    }
    if (character === '\\') {
      // In a quoted scalar that is read before the template is, the quotes of an action are escaped.
      offset += 2;
      continue;
    }
    const isQuote = !comment && (character === '"' || character === '`' || character === "'");
    offset = isQuote ? quotedEnd(text, offset, character) : offset + 1;
  }
  return undefined;
}

/** Behind the closing quote, or behind the opening one when its line does not close it. */
function quotedEnd(text: string, start: number, quote: string): number {
  for (let offset = start + 1; offset < text.length; offset++) {
    const character = text.charAt(offset);
    if (character === quote) {
      return offset + 1;
    }
    if (character === '\n' && quote !== '`') {
      return start + 1;
    }
    if (character === '\\' && quote !== '`') {
      offset++;
    }
  }
  return start + 1;
}

function match(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
