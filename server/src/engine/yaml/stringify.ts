import type { YamlStyle, YamlValue } from './edit';
import type { Scalar } from './node';
import { resolveScalar } from './scalar';

export interface StringifyOptions {
  /** The column the value's lines after the first start at. The first line is not indented. */
  readonly indent?: number;
  /** Whether maps and lists are written in brackets, on one line. */
  readonly flow?: boolean;
}

/** YAML that reads back as `value`, in Kubernetes and in other parsers. No final line break. */
export function stringify(value: YamlValue, style: YamlStyle, options: StringifyOptions = {}): string {
  return options.flow ? flowText(value) : blockText(value, style, options.indent ?? 0);
}

/** What follows the key and its colon when the key stands at `column`. */
export function textBehindKey(value: YamlValue, style: YamlStyle, column: number): string {
  const nested = column + (isList(value) && !style.indentSequences ? 0 : style.indent);
  const text = blockText(value, style, nested);
  return isFilled(value) ? `${style.eol}${' '.repeat(nested)}${text}` : ` ${text}`;
}

export function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

export function isObject(value: YamlValue): value is { readonly [key: string]: YamlValue | undefined } {
  return value !== null && typeof value === 'object' && !isList(value);
}

/** Whether `value` is a map or a list that holds something, which takes lines of its own. */
export function isFilled(value: YamlValue): boolean {
  return isList(value) ? value.length > 0 : isObject(value) && entriesOf(value).length > 0;
}

/** The members that are written. */
export function entriesOf(value: {
  readonly [key: string]: YamlValue | undefined;
}): readonly (readonly [string, YamlValue])[] {
  return Object.entries(value).filter((entry): entry is [string, YamlValue] => entry[1] !== undefined);
}

function blockText(value: YamlValue, style: YamlStyle, indent: number): string {
  const nextLine = style.eol + ' '.repeat(indent);
  if (!isFilled(value)) {
    return isList(value) ? '[]' : isObject(value) ? '{}' : scalarText(value, { block: { indent, style } });
  }
  if (isList(value)) {
    return value.map((item) => `- ${blockText(item, style, indent + 2)}`).join(nextLine);
  }
  return entriesOf(value as Exclude<YamlValue, Scalar | readonly YamlValue[]>)
    .map(([key, member]) => `${keyText(key)}:${textBehindKey(member, style, indent)}`)
    .join(nextLine);
}

function flowText(value: YamlValue): string {
  if (isList(value)) {
    return `[${value.map(flowText).join(', ')}]`;
  }
  if (isObject(value)) {
    return `{${entriesOf(value)
      .map(([key, member]) => `${keyText(key, true)}: ${flowText(member)}`)
      .join(', ')}}`;
  }
  return scalarText(value, { flow: true });
}

export function keyText(key: string, flow = false): string {
  return scalarText(key, { flow });
}

interface ScalarPlace {
  readonly flow?: boolean;
  /** Where a text of several lines may be written as a block scalar. */
  readonly block?: { readonly indent: number; readonly style: YamlStyle };
}

export function scalarText(value: Scalar, { flow = false, block }: ScalarPlace): string {
  if (typeof value !== 'string') {
    return String(value);
  }
  if (isPlain(value, flow)) {
    return value;
  }
  if (block && block.indent > 0 && isLiteral(value)) {
    return literal(value, block.indent, block.style);
  }
  return quoted(value, /["\\]/.test(value) && !value.includes("'") ? 'single' : 'double');
}

/** `value` in quotes of the kind asked for, or in double ones when only those can hold it. */
export function quoted(value: string, kind: 'single' | 'double'): string {
  if (kind === 'single' && !unprintable.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return `"${value.replace(escaped, escapeOf)}"`;
}

const unprintable = /[^ -~\u00A0-\u2027\u202A-\uFEFE\uFF00-\uFFFD]/;
const escaped = /["\\]|[^ -~\u00A0-\u2027\u202A-\uFEFE\uFF00-\uFFFD]/g;

const namedEscapes: { readonly [character: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escapeOf(character: string): string {
  return namedEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Whether the text needs no quotes. Also quoted is what only other parsers take for a number or a date. */
function isPlain(value: string, flow: boolean): boolean {
  return (
    resolveScalar(value, 'plain') === value &&
    plainStart.test(value) &&
    !unprintable.test(value) &&
    !(flow ? notPlainInFlow : notPlain).test(value) &&
    !mistakable.test(value)
  );
}

const plainStart = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-[^\s\-,[\]{}])/;
const notPlain = /: |:$| #|\s$/;
const notPlainInFlow = /: |:$| #|\s$|[,[\]{}?]/;
const mistakable = /^(?:=|<<|\.\.\.|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|\d{4}-\d\d?-\d\d?.*)$/;

/** Whether the text has several lines that a block scalar keeps as they are. */
function isLiteral(value: string): boolean {
  const lines = value.replace(/\n$/, '').split('\n');
  return (
    lines.length > 1 &&
    !/^[ \t]/.test(lines[0]!) &&
    lines[0] !== '' &&
    lines.at(-1) !== '' &&
    lines.every((line) => !unprintable.test(line) && (line === '' || line.trim() !== ''))
  );
}

function literal(value: string, indent: number, { eol }: YamlStyle): string {
  const keepsBreak = value.endsWith('\n');
  const lines = (keepsBreak ? value.slice(0, -1) : value).split('\n');
  const content = lines.map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return [keepsBreak ? '|' : '|-', ...content].join(eol);
}
