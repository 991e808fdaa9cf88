import { span } from '../text/span';
import type { YamlNode, YamlProblem, YamlScalar } from './node';

/**
 * Tabs where the API server counts columns: at the start of a line, and behind a dash. Between brackets, in
 * quotes, in comments and behind a value tabs do no harm.
 */
export function tabProblems(text: string, root: YamlNode | undefined): readonly YamlProblem[] {
  if (!text.includes('\t')) {
    return none;
  }
  const places = root ? placesIn(root, text) : { leaves: [], flows: [] };
  const problems: YamlProblem[] = [];
  let lineOfLast = -1;
  for (let at = text.indexOf('\t'); at >= 0; at = text.indexOf('\t', at + 1)) {
    const line = startOfLine(text, at);
    if (line !== lineOfLast && isRefused(text, at, line, places)) {
      lineOfLast = line;
      problems.push({ code: 'tab-indent', message: messageOf(text, at, line), span: span(at, at + 1) });
    }
  }
  return problems;
}

const none: readonly YamlProblem[] = [];

/** A scalar or an alias, and the column of the block collection it stands in. */
interface Leaf {
  readonly start: number;
  readonly end: number;
  readonly style: YamlScalar['style'] | 'alias';
  readonly column: number;
}

interface Places {
  readonly leaves: readonly Leaf[];
  /** Outermost flow collections only. */
  readonly flows: readonly { readonly start: number; readonly end: number }[];
}

function placesIn(root: YamlNode, text: string): Places {
  const leaves: Leaf[] = [];
  const flows: { start: number; end: number }[] = [];
  const visit = (node: YamlNode, column: number, inFlow: boolean): void => {
    if (node.type === 'scalar' || node.type === 'alias') {
      if (node.start < node.end) {
        leaves.push({
          start: node.start,
          end: node.end,
          style: node.type === 'alias' ? 'alias' : node.style,
          column,
        });
      }
      return;
    }
    if (node.flow && !inFlow) {
      flows.push({ start: node.start, end: node.end });
    }
    const own = node.flow ? column : node.start - startOfLine(text, node.start);
    for (const child of node.type === 'seq'
      ? node.items
      : node.pairs.flatMap(({ key, value }) => [key, value])) {
      visit(child, own, inFlow || node.flow);
    }
  };
  visit(root, -1, false);
  return { leaves, flows };
}

function isRefused(text: string, at: number, line: number, { leaves, flows }: Places): boolean {
  const leaf = leaves.findLast(({ start }) => start <= at);
  const leading = isBlank(text, line, at);
  if (leaf && at < leaf.end) {
    return leading && at > leaf.start && isRefusedInside(text, at, line, leaf);
  }
  const gap = text.slice(Math.max(line, leaf?.end ?? 0), at);
  if (gap.includes('#')) {
    return false;
  }
  if (leading && leaf?.style === 'plain' && isBlank(text, leaf.end, at)) {
    return at - line < leaf.column + 1;
  }
  if (flows.some(({ start, end }) => start < at && at < end)) {
    return false;
  }
  return leading || /(?:^|\s)[-?]\s*$/.test(gap) || /^\s*(?:[-?]\s+)*:\s*$/.test(text.slice(line, at));
}

function isRefusedInside(text: string, at: number, line: number, { start, style, column }: Leaf): boolean {
  switch (style) {
    case 'plain':
      return at - line < column + 1;
    case 'literal':
    case 'folded':
      return at - line < contentColumn(text, start, column) || isFirstContent(text, start, line);
    default:
      return false;
  }
}

/** The column a block scalar's lines start at: as its header says, or as its first line that is not empty does. */
function contentColumn(text: string, header: number, column: number): number {
  const digit = /[1-9]/.exec(text.slice(header + 1, header + 3));
  if (digit) {
    return Math.max(column, 0) + Number(digit[0]);
  }
  return /^[^\r\n]*(?:(?:\r\n|\n|\r) *)*/
    .exec(text.slice(header))![0]
    .split(/[\r\n]/)
    .at(-1)!.length;
}

/** Only spaces may stand before the text of the line that sets the indentation. */
function isFirstContent(text: string, header: number, line: number): boolean {
  return (
    !/[1-9]/.test(text.slice(header + 1, header + 3)) &&
    text
      .slice(header, line)
      .trim()
      .split(/[\r\n]/).length === 1
  );
}

function messageOf(text: string, at: number, line: number): string {
  return isBlank(text, line, at)
    ? 'YAML is indented with spaces only; replace the tab'
    : `Behind "${text.slice(line, at).trim().at(-1)}" the API server accepts spaces only; replace the tab`;
}

function isBlank(text: string, from: number, to: number): boolean {
  return text.slice(from, to).trim() === '';
}

function startOfLine(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
}
