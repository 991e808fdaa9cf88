import type { ErrorCode, YAMLError } from 'yaml';
import { span } from '../text/span';
import { endOfLine } from './gaps';
import type { YamlNode, YamlProblem } from './node';

/** An error of the parser in our own words: what is wrong at this place, and what to do. */
export function syntaxProblem(
  text: string,
  root: YamlNode | undefined,
  { code, message, pos }: YAMLError,
): YamlProblem {
  const at = Math.min(pos[0], text.length);
  // Where an open quote ends is no help; where it starts is.
  const start = /closing ['"]quote/.test(message) ? (startOfQuote(root, at) ?? at) : at;
  const line = endOfLine(text, start);
  const word = /^\S*/.exec(text.slice(start, line))![0].length;
  const written = text.slice(start, line).trim().slice(0, 40);
  return {
    code: code === 'TAB_AS_INDENT' ? 'tab-indent' : 'syntax',
    message: messageOf(code, message, written),
    span: span(start, Math.max(start + word, Math.min(pos[1], line))),
  };
}

/** The start of the text in quotes that ends at `end`. */
function startOfQuote(node: YamlNode | undefined, end: number): number | undefined {
  if (!node || node.start > end || node.type === 'alias') {
    return undefined;
  }
  if (node.type === 'scalar') {
    return node.end === end && (node.style === 'single' || node.style === 'double') ? node.start : undefined;
  }
  const children = node.type === 'seq' ? node.items : node.pairs.flatMap(({ key, value }) => [key, value]);
  for (const child of children) {
    const start = startOfQuote(child, end);
    if (start !== undefined) {
      return start;
    }
  }
  return undefined;
}

function messageOf(code: ErrorCode, original: string, written: string): string {
  if (written.startsWith('{{')) {
    return 'A template that stands without quotes is no YAML; put the whole value in quotes';
  }
  if (code === 'MISSING_CHAR') {
    return messageOfMissing(original);
  }
  if (code === 'BAD_SCALAR_START') {
    return `A value cannot start with "${written.slice(0, 1)}"; put it in quotes`;
  }
  return (
    messages[code] ??
    `"${written}" is not expected here; check the indentation and the quotes of this line and the one before`
  );
}

const messages: { readonly [code in ErrorCode]?: string } = {
  ALIAS_PROPS: 'An alias cannot have an anchor or a tag of its own; remove one of the two',
  BAD_ALIAS: 'A name must follow the "*" or "&"; put the value in quotes if the sign is meant as text',
  BAD_DIRECTIVE: 'Kubernetes reads no directives; remove the line that starts with "%"',
  BAD_DQ_ESCAPE: 'Double quotes know no such escape; write the backslash twice, or use single quotes',
  BAD_INDENT:
    'This line is indented differently from its neighbours; align it with the first line of its map or list',
  BAD_PROP_ORDER: 'The anchor or tag stands before its "-", "?" or ":"; move it behind the sign',
  BLOCK_AS_IMPLICIT_KEY:
    'A second ": " on this line starts a map inside a value; put the value in quotes, or the inner map on its own lines',
  BLOCK_IN_FLOW:
    'Inside "{}" and "[]" no indented map or list can stand; write it in brackets too, or without the outer ones',
  MULTILINE_IMPLICIT_KEY:
    'A key and its colon must stand on one line; is a ":" missing, or is the line indented too far?',
  MULTIPLE_ANCHORS: 'A value can have one anchor only; remove the other',
  MULTIPLE_TAGS: 'A value can have one tag only; remove the other',
  TAB_AS_INDENT: 'YAML is indented with spaces only; replace the tab',
};

function messageOfMissing(original: string): string {
  for (const [part, message] of missing) {
    if (original.includes(part)) {
      return message;
    }
  }
  return 'Something is missing here; check the colons, commas, quotes and brackets before this place';
}

// The parser names what is missing only in its message.
const missing: readonly (readonly [part: string, message: string])[] = [
  ["closing 'quote", 'The text that starts here has no closing "\'"; add it at its end'],
  ['closing "quote', "The text that starts here has no closing '\"'; add it at its end"],
  [
    'map values',
    'Here is text where a key and a ":" are expected; add the colon, or indent the line as part of the value above',
  ],
  [
    '- indicator',
    'Here is text where the next item of a list is expected; start it with "- ", or indent it as part of the item above',
  ],
  ['separated from other tokens', 'A space must stand before "#", or it is no comment'],
  ['Tags and anchors', 'A space must follow an anchor or a tag'],
  ['after :', 'A space must follow the colon'],
  [', or :', 'A "," between two items, or a closing bracket, is missing here'],
  [', between', 'A "," between two items, or a closing bracket, is missing here'],
  ['expected flow', 'A "[" or "{" has no closing bracket; add it'],
  ['directives-end', 'Only a comment may stand on the line of "---"'],
  ['doc-start', 'Kubernetes reads no directives; remove the line that starts with "%"'],
];
