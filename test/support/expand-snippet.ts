/** What a snippet inserts when every tab stop is left as it is, and the tab stops it has. */
export interface ExpandedSnippet {
  readonly text: string;
  readonly tabStops: readonly number[];
}

/** One text of a snippet file: a template of VS Code. */
export interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

/**
 * Reads the part of VS Code's snippet syntax that our snippets use: `$1`, `${1:default}` with tab stops inside, and
 * `${1|a,b|}`. Anything else throws, so that a variable or a transform is seen here before a user sees it.
 */
export function expandSnippet(snippet: Pick<Snippet, 'body'>): ExpandedSnippet {
  const template = snippet.body.join('\n');
  const defaults = new Map<number, string>();
  const tabStops = new Set<number>();
  // The first time finds the defaults, the second writes them also where a tab stop stands before its default.
  expand(template, defaults, tabStops);
  return { text: expand(template, defaults, tabStops), tabStops: [...tabStops].sort((a, b) => a - b) };
}

const part = /\\([\\$}])|\$(\d+)|\$\{(\d+)\}|\$\{(\d+)\|((?:[^|\\]|\\.)+)\|\}|\$\{(\d+):/y;

function expand(template: string, defaults: Map<number, string>, tabStops: Set<number>): string {
  const { text, end } = expandUntil(template, 0, false, defaults, tabStops);
  if (end !== template.length) {
    throw new Error(`The template ends early, at "${template.slice(end, end + 20)}"`);
  }
  return text;
}

function expandUntil(
  template: string,
  start: number,
  nested: boolean,
  defaults: Map<number, string>,
  tabStops: Set<number>,
): { text: string; end: number } {
  let text = '';
  let at = start;
  while (at < template.length && !(nested && template[at] === '}')) {
    if (template[at] !== '$' && template[at] !== '\\') {
      text += template[at];
      at += 1;
      continue;
    }
    part.lastIndex = at;
    const match = part.exec(template);
    if (!match) {
      throw new Error(`Not a form that our snippets use: "${template.slice(at, at + 20)}"`);
    }
    at = part.lastIndex;
    const [, escaped, bare, braced, choosing, choices, opening] = match;
    if (escaped !== undefined) {
      text += escaped;
      continue;
    }
    const number = Number(bare ?? braced ?? choosing ?? opening);
    tabStops.add(number);
    if (choices !== undefined) {
      defaults.set(number, choices.split(/(?<!\\),/)[0]!.replaceAll(/\\(.)/g, '$1'));
    } else if (opening !== undefined) {
      const inner = expandUntil(template, at, true, defaults, tabStops);
      defaults.set(number, inner.text);
      at = inner.end + 1;
    }
    text += defaults.get(number) ?? '';
  }
  return { text, end: at };
}
