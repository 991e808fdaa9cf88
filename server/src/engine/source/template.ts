import type { Span } from '../text/span';
import { type InsertionSyntax, insertionFinder } from './insertions';
import { type Insertion, scanInsertions } from './yaml-scan';

/** A text that can be read as YAML, of the same length as the one it was made of. */
export interface MaskedText {
  readonly text: string;
  readonly holes: readonly Span[];
  /** Whether what is inserted may be structure, so that nobody can tell what is missing. */
  readonly isTemplate: boolean;
}

/**
 * Hides what a template engine or a shell fills in, as far as it would keep the rest from being read: an action in
 * the place of a value becomes a plain word, a line of nothing but actions a comment.
 */
export function maskTemplate(text: string, syntax: InsertionSyntax): MaskedText {
  const ytt = syntax.actions ? yttSpans(text) : [];
  if (!mayInsert(text, syntax)) {
    return { text, holes: ytt, isTemplate: ytt.length > 0 };
  }
  const insertions = scanInsertions(text, insertionFinder(syntax));
  const parts: string[] = [];
  let copied = 0;
  let isTemplate = ytt.length > 0;
  const replace = (span: Span, by: string): void => {
    parts.push(text.slice(copied, span.start), by);
    copied = span.end;
  };
  const filling = filledLines(text, insertions);
  for (const insertion of insertions) {
    if (insertion.context === 'lead') {
      const asComment = filling.has(insertion) || isControl(text, insertion);
      isTemplate ||= asComment || insertion.kind === 'action';
      replace(insertion, asComment ? comment(text, insertion) : masked(text, insertion));
    } else {
      isTemplate ||= insertion.kind === 'action' && isUnquoted(insertion);
      replace(insertion, masked(text, insertion));
    }
  }
  parts.push(text.slice(copied));
  const holes = insertions.map(({ start, end }) => ({ start, end }));
  return { text: parts.join(''), holes: inOrder(holes, ytt), isTemplate };
}

/** The comments in which ytt writes values and structure. They are comments to YAML, so nothing needs a mask. */
function yttSpans(text: string): Span[] {
  if (!text.includes('#@')) {
    return [];
  }
  return [...text.matchAll(/(?:(?<=\S)[ \t]+|^[ \t]*)#@(?:[ \t]|[a-z]+[/:]).*$/gm)].map(
    ({ index, 0: comment }) => ({
      start: index,
      end: index + comment.trimEnd().length,
    }),
  );
}

/** Both lists in one; what overlaps an earlier hole adds nothing. */
function inOrder(holes: readonly Span[], more: readonly Span[]): readonly Span[] {
  if (more.length === 0) {
    return holes;
  }
  const all = [...holes, ...more].sort((a, b) => a.start - b.start);
  let end = -1;
  return all.filter((hole) => {
    const isApart = hole.start >= end;
    end = Math.max(end, hole.end);
    return isApart;
  });
}

function mayInsert(text: string, syntax: InsertionSyntax): boolean {
  return (
    (syntax.actions && /\{[{%#]/.test(text)) ||
    (syntax.variables !== 'none' && text.includes('$')) ||
    (syntax.variables === 'shell' && text.includes('`')) ||
    (syntax.placeholders && text.includes('<'))
  );
}

function isUnquoted({ context }: Insertion): boolean {
  return context === 'plain' || context === 'flow' || context === 'lead' || context === 'outdented';
}

/** For each insertion in front of which nothing stands: whether it and those beside it are all that their line holds. */
function filledLines(text: string, insertions: readonly Insertion[]): ReadonlySet<Insertion> {
  const filling = new Set<Insertion>();
  let run: Insertion[] = [];
  for (const [index, insertion] of insertions.entries()) {
    if (insertion.context !== 'lead') {
      continue;
    }
    run.push(insertion);
    const following = insertions[index + 1];
    const goesOn = following?.context === 'lead' && isBlankWithinLine(text, insertion.end, following.start);
    if (!goesOn) {
      if (isBlankToLineEnd(text, insertion.end)) {
        run.forEach((it) => void filling.add(it));
      }
      run = [];
    }
  }
  return filling;
}

function isBlankWithinLine(text: string, start: number, end: number): boolean {
  return /^[ \t]*$/.test(text.slice(start, end));
}

function isBlankToLineEnd(text: string, offset: number): boolean {
  blankToLineEnd.lastIndex = offset;
  return blankToLineEnd.test(text);
}

const blankToLineEnd = /[ \t\r]*(?:\n|$)/y;

const control =
  /^\{[%#]|^\{\{-?\s*(?:(?:if|else|end|range|with|define|block|break|continue)\b|\/\*|\$\w*(?:\s*,\s*\$\w+)?\s*:?=)/;

/** Whether an action steers what follows it and writes nothing itself. */
function isControl(text: string, insertion: Insertion): boolean {
  return insertion.kind === 'action' && control.test(text.slice(insertion.start, insertion.start + 200));
}

function masked(text: string, insertion: Insertion): string {
  const written = text.slice(insertion.start, insertion.end);
  switch (insertion.context) {
    case 'block':
      return written;
    case 'outdented':
      // Blank lines belong to a block scalar wherever they start; longer lines of spaces may not come first in one.
      return written.replace(/[^\r\n]/g, '\n');
    case 'single':
    case 'double':
      return /["'\\\n]/.test(written) ? word(written) : written;
    case 'flow':
      return word(written);
    default:
      return insertion.kind === 'variable' && isPlainWord(written) ? written : wordThenComments(written);
  }
}

/** Whether a variable may stand in a plain scalar as it is, so that it still reads as what it is. */
function isPlainWord(written: string): boolean {
  return /^(?:\$\{?|\$\(|<)[\w.:/ -]*[})>]?$/.test(written) && !/:[ \t]|[ \t]#|:$/.test(written);
}

/** Equal insertions stay equal and different ones different, as far as letters and digits tell. */
function word(written: string): string {
  return written.replace(/[^A-Za-z0-9\r\n]/g, '_');
}

/** A plain scalar must not go on in a less indented line, so further lines of an action become comments. */
function wordThenComments(written: string): string {
  const end = written.search(/\r?\n/);
  return end < 0 ? word(written) : word(written.slice(0, end)) + commentLines(written.slice(end));
}

/** A comment where an action stands; spaces in front of `#` are kept, for it would be no comment without. */
function comment(text: string, insertion: Insertion): string {
  const written = text.slice(insertion.start, insertion.end);
  return commentLines(`#${written.slice(1)}`);
}

function commentLines(written: string): string {
  return written.replace(/(\n[ \t]*)[^\s#]/g, '$1#');
}
