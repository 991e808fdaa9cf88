import type { Span } from '../text/span';
import type { Path, YamlDocument, YamlNode, YamlProblem } from '../yaml/node';
import { readYaml } from '../yaml/read';
import { nodeAt, resolved } from '../yaml/walk';
import { pathByIndentation } from './indentation';
import { findMark, mark } from './mark';
import { lineAt } from './sections';

/** A text with the mark in it, as well as it can be read. */
export interface Around {
  /** What was read; it has the length of the text that was given. */
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly path: Path;
  readonly part: 'key' | 'value';
}

/**
 * Reads a text whose line at `lineStart` holds the mark. Lines elsewhere may be half typed too: those that look it
 * are left out, and if the reader still stumbles the indentation decides.
 */
export function readAround(text: string, lineStart: number): Around | undefined {
  const line = lineAt(text, lineStart);
  const outline = outlineOf(text, line);
  let current = text;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { root, problems } = readYaml(current);
    const broken = problems.find(isSyntax);
    const found = findMark(root);
    // What was left out may have held the structure together, so then the columns have to agree.
    if (!broken && (attempt === 0 || !outline || (found && samePath(found.path, outline.path)))) {
      return found && { text: current, root, path: found.path, part: found.part };
    }
    if (attempt === 0 && outline && isWholeWithout(text, line)) {
      break;
    }
    const next = attempt === 0 ? withoutHalfTyped(current, line) : withoutProblem(current, broken, line);
    if (next === current && attempt > 0) {
      break;
    }
    current = next;
  }
  return outline && byIndentation(text, line, outline);
}

const maxAttempts = 5;

/** The tree of a document as well as it can be read: where it does not fit together, lines are left out. */
export function readForgiving(document: YamlDocument): YamlNode | undefined {
  const nowhere = { start: -1, end: -1 };
  let current = document;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const broken = current.problems.find(isSyntax);
    if (!broken) {
      return current.root;
    }
    const { text } = current;
    const next = attempt === 0 ? withoutHalfTyped(text, nowhere) : withoutProblem(text, broken, nowhere);
    current = next === text ? current : readYaml(next);
  }
  return document.root;
}

function isSyntax({ code }: YamlProblem): boolean {
  return code === 'syntax' || code === 'tab-indent';
}

function isWholeWithout(text: string, line: Span): boolean {
  return !readYaml(withoutLine(text, line)).problems.some(isSyntax);
}

/** A bare word on a line of its own is a key without its colon, as far as the lines around it do not fit. */
function withoutHalfTyped(text: string, keep: Span): string {
  return text.replace(/^[ \t]*[A-Za-z]\w*[ \t]*(?=\r?$)/gm, (line, at: number) =>
    at === keep.start ? line : blank(line),
  );
}

function withoutProblem(text: string, problem: YamlProblem | undefined, keep: Span): string {
  const line = problem && lineAt(text, Math.min(problem.span.start, text.length));
  return !line || line.start === keep.start ? text : withoutLine(text, line);
}

function withoutLine(text: string, { start, end }: Span): string {
  return text.slice(0, start) + blank(text.slice(start, end)) + text.slice(end);
}

function blank(line: string): string {
  return ' '.repeat(line.length);
}

interface Outline {
  readonly path: Path;
  readonly part: 'key' | 'value';
}

/** Nothing where the line is not of the block style, which alone has columns. */
function outlineOf(text: string, line: Span): Outline | undefined {
  const path = pathByIndentation(text.slice(0, line.end));
  if (path.at(-1) === mark) {
    return { path: path.slice(0, -1), part: 'key' };
  }
  const isValue = new RegExp(`^ *(?:- +)*[\\w."'-]+: +["']?${mark}`).test(text.slice(line.start, line.end));
  return isValue ? { path, part: 'value' } : undefined;
}

function byIndentation(text: string, line: Span, outline: Outline): Around {
  const rest = withoutLine(text, line);
  const { root } = readYaml(rest);
  const path = outline.part === 'key' ? mapAbove(root, outline.path) : outline.path;
  return { text: rest, root, path, part: outline.part };
}

/** The nearest place where a key may stand: a column between two levels means the outer one. */
function mapAbove(root: YamlNode | undefined, path: Path): Path {
  for (let length = path.length; length > 0; length--) {
    const node = resolved(nodeAt(root, path.slice(0, length)));
    const isEmpty = !node || (node.type === 'scalar' && node.value === null);
    if (node?.type === 'map' || (isEmpty && length === path.length)) {
      return path.slice(0, length);
    }
  }
  return path.length === 0 || root?.type === 'map' ? [] : path;
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}
