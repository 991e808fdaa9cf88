import { readFast } from './fast-reader';
import { readFull } from './full-reader';
import { endOfLine } from './gaps';
import { isJson } from './json';
import type { YamlDocument, YamlNode, YamlProblem } from './node';
import { relax } from './relax';
import { syntaxProblem } from './syntax-problem';
import { tabProblems } from './tab-problems';
import { textProblems } from './text-problems';
import { treeProblems } from './tree-problems';

/**
 * Reads one YAML document as the API server would. Never throws: of broken text it gives the tree that can be
 * seen in it, and what the server would refuse it for.
 */
export function readYaml(text: string): YamlDocument {
  // The cluster reads JSON as JSON, and as YAML only what is not.
  const json = isJson(text);
  const source = json ? text : withPlainBreaks(text);
  const end = json ? undefined : documentEnd(source);
  const { root, syntax, unreadFrom = end?.unreadFrom } = readTree(source.slice(0, end?.offset));
  const seen = unreadFrom === undefined ? source : source.slice(0, unreadFrom);
  const tabs = json ? none : tabProblems(seen, root);
  const found = [
    syntax.length === 0 ? none : withoutConsequences(source, syntax, tabs),
    tabs,
    textProblems(unreadFrom === undefined ? text : seen),
    root
      ? treeProblems(source, root, json)
      : unreadFrom === undefined
        ? none
        : [behindEnd(source, unreadFrom)],
  ].filter((problems) => problems.length > 0);
  return {
    text,
    root,
    problems: found.length === 0 ? none : inOrder(found.flat()),
    ...(unreadFrom !== undefined &&
      root && {
        unread:
          end?.unreadFrom === unreadFrom
            ? behindEnd(source, unreadFrom)
            : unreadText(source, root, unreadFrom),
      }),
  };
}

// go-yaml would follow 10,000 levels. No manifest is a hundredth as deep, and both readers are recursive.
const maxDepth = 200;
const none: readonly YamlProblem[] = [];

interface Tree {
  readonly root: YamlNode | undefined;
  readonly syntax: readonly YamlProblem[];
  readonly unreadFrom?: number;
}

function readTree(text: string): Tree {
  const relaxed = touchingQuestion.test(text) ? readRelaxed(text) : undefined;
  if (relaxed) {
    return relaxed;
  }
  try {
    return { root: readFast(text, maxDepth), syntax: none };
  } catch {
    return readRelaxed(text) ?? readBroken(text);
  }
}

/** Both readers take it for text, go-yaml for the sign of a key. */
const touchingQuestion = /[[{,]\s*\?[^\s]/;

function readRelaxed(text: string): Tree | undefined {
  const relaxed = relax(text);
  if (!relaxed) {
    return undefined;
  }
  try {
    const root = readFast(relaxed.text, maxDepth);
    if (root) {
      relaxed.restore(root);
    }
    const { unreadFrom } = relaxed;
    return { root, syntax: none, ...(unreadFrom !== undefined && { unreadFrom }) };
  } catch {
    return undefined;
  }
}

function readBroken(text: string): Tree {
  try {
    const { root, errors, tooDeepAt } = readFull(text, maxDepth);
    const syntax = errors.map((error) => syntaxProblem(text, root, error));
    return { root, syntax: tooDeepAt === undefined ? syntax : [...syntax, tooDeep(tooDeepAt)] };
  } catch {
    // Nesting that exhausts the stack of the reader is all that ends here.
    return { root: undefined, syntax: [tooDeep(0)] };
  }
}

/** Where a `...` ends the document, though text follows. */
function documentEnd(text: string): { readonly offset: number; readonly unreadFrom: number } | undefined {
  const marker = text.includes('...') && endMarker.exec(text);
  const offset = marker ? marker.index + 3 : text.length;
  const behind = /^[^\S\r\n]*[^#\s]/m.exec(text.slice(offset));
  return behind ? { offset, unreadFrom: offset + behind.index + behind[0].length - 1 } : undefined;
}

// No scalar may have it in front of a line.
const endMarker = /^\.\.\.(?=\s|$)/m;

function behindEnd(text: string, start: number): YamlProblem {
  const message =
    'The document ends with the "..." before, and the cluster does not read what follows; put "---" between two documents';
  return { code: 'unread-text', message, span: { start, end: endOfLine(text, start) } };
}

/** The guilty line is the first one where it is indented for itself alone. */
function unreadText(text: string, root: YamlNode, from: number): YamlProblem {
  const lone =
    root.type === 'map' &&
    !root.flow &&
    root.pairs.length === 1 &&
    !text.slice(root.start, root.end).includes('\n');
  const message = lone
    ? 'This line is indented further than the ones below, so the document ends with it for the cluster, which does not read what follows; remove its indentation'
    : root.type !== 'scalar' && root.type !== 'alias' && root.flow
      ? 'The document ends with the bracket before, and the cluster does not read what follows; remove it, or put "---" between two documents'
      : 'The document ends before this line, which is indented less than its first one, and the cluster does not read what follows; indent all lines alike';
  const start = lone ? root.start : from;
  return { code: 'unread-text', message, span: { start, end: endOfLine(text, start) } };
}

function tooDeep(start: number): YamlProblem {
  const message = `More than ${maxDepth} maps and lists stand inside one another here; no manifest needs that, so look for brackets that are not closed`;
  return { code: 'too-deep', message, span: { start, end: start + 1 } };
}

/** One mistake makes a parser stumble several times: of a line only the first error counts, of a tab only the tab. */
function withoutConsequences(
  text: string,
  syntax: readonly YamlProblem[],
  tabs: readonly YamlProblem[],
): YamlProblem[] {
  let lineEnd = -1;
  return inOrder(syntax).filter(({ span: { start } }) => {
    if (start <= lineEnd || (tabs.length > 0 && start >= tabs[0]!.span.start)) {
      return false;
    }
    lineEnd = endOfLine(text, start);
    return true;
  });
}

/**
 * go-yaml also ends a line at the three breaks of Unicode, which YAML 1.2 has given up, and at a return alone.
 * kubectl, which cuts the file before, needs no space between `---` and a comment.
 */
function withPlainBreaks(text: string): string {
  const cut = text.startsWith('---#') ? `   ${text.slice(3)}` : text;
  return oddBreak.test(cut) ? cut.replace(oddBreaks, '\n') : cut;
}

const oddBreak = /[\u0085\u2028\u2029]|\r(?!\n)/;
const oddBreaks = new RegExp(oddBreak, 'g');

function inOrder(problems: readonly YamlProblem[]): readonly YamlProblem[] {
  return problems.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
