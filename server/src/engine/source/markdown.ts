import { heredocRegions, type ShellStyle } from './heredoc';
import { type Line, linesOf, lineText, withoutCommonIndent, withoutFirst } from './lines';
import type { Region } from './region';
import { RegionMap } from './region-map';
import { heredocsOf } from './shell-command';

/** The YAML of a Markdown file: fences marked as such, and heredocs in fences of shell commands. */
export function markdownRegions(text: string): Region[] {
  const lines = linesOf(text);
  const regions: Region[] = [];
  let index = 0;
  while (index < lines.length) {
    const opening = openingOf(lineText(text, lines[index]!));
    index++;
    if (opening) {
      const body: Line[] = [];
      for (; index < lines.length; index++) {
        const line = withoutContainer(text, lines[index]!, opening);
        if (!line || opening.isClosedBy(lineText(text, line))) {
          break;
        }
        body.push(line);
      }
      // A fence whose quotation ended has no closing line of its own.
      index += index < lines.length && withoutContainer(text, lines[index]!, opening) ? 1 : 0;
      regions.push(...regionsOf(text, body, opening.language));
    }
  }
  return regions;
}

interface Opening {
  /** How many `>` stand in front of it. */
  readonly quotes: number;
  /** How many columns its content may be indented without that being content. */
  readonly indent: number;
  readonly language: string;
  readonly isClosedBy: (line: string) => boolean;
}

const fence =
  /^(?<quotes>(?:(?: {0,3}>)+ ?)?)(?<indent>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?<marks>`{3,}|~{3,})(?<info>.*)$/;

/** `{{< text bash >}}`, as Hugo sites with a copy button write it. */
const shortcode =
  /^(?<quotes>(?:(?: {0,3}>)+ ?)?)(?<indent>[ \t]*)\{\{[<%]\s*(?<name>text|highlight|code)\s(?<info>[^>%]*)[>%]\}\}\s*$/;

function openingOf(line: string): Opening | undefined {
  const match = fence.exec(line) ?? shortcode.exec(line);
  if (!match) {
    return undefined;
  }
  const { quotes = '', indent = '', marks, name, info = '' } = match.groups!;
  if (marks?.startsWith('`') && info.includes('`')) {
    return undefined;
  }
  return {
    quotes: quotes.split('>').length - 1,
    indent: columnsOf(indent),
    language: languageOf(info),
    isClosedBy: marks === undefined ? closesShortcode(name!) : closesFence(marks),
  };
}

function closesFence(marks: string): (line: string) => boolean {
  return (line) => {
    const content = line.trim();
    return content.length >= marks.length && content === marks.charAt(0).repeat(content.length);
  };
}

function closesShortcode(name: string): (line: string) => boolean {
  const closing = new RegExp(`^\\s*\\{\\{[<%]\\s*/\\s*${name}\\s*[>%]\\}\\}`);
  return (line) => closing.test(line);
}

/** The language of an info string: `yaml`, `{.yaml}`, `yaml title="a"`, `syntax=bash outputis=json`. */
function languageOf(info: string): string {
  const named = /\bsyntax="?([\w+-]+)/.exec(info);
  return (named?.[1] ?? /^[\s{.]*([\w+-]*)/.exec(info)?.[1] ?? '').toLowerCase();
}

/** The line without quotation marks and the indentation of its fence; nothing when the quotation ended. */
function withoutContainer(text: string, line: Line, { quotes, indent }: Opening): Line | undefined {
  let inner = line;
  for (let depth = 0; depth < quotes; depth++) {
    const mark = /^ {0,3}>/.exec(text.slice(inner.from, Math.min(inner.to, inner.from + 4)));
    if (!mark) {
      return undefined;
    }
    inner = withoutFirst(inner, mark[0].length);
  }
  inner = withoutFirst(inner, quotes > 0 && text.charAt(inner.from) === ' ' ? 1 : 0);
  let columns = 0;
  let length = 0;
  while (
    columns < indent &&
    /[ \t]/.test(text.charAt(inner.from + length)) &&
    inner.from + length < inner.to
  ) {
    columns += text.charAt(inner.from + length) === '\t' ? 4 - (columns % 4) : 1;
    length++;
  }
  return withoutFirst(inner, length);
}

function columnsOf(indent: string): number {
  let columns = 0;
  for (const character of indent) {
    columns += character === '\t' ? 4 - (columns % 4) : 1;
  }
  return columns;
}

const shells = new Map<string, ShellStyle>([
  ['bash', 'fence'],
  ['sh', 'fence'],
  ['shell', 'fence'],
  ['zsh', 'fence'],
  ['console', 'console'],
  ['shell-session', 'console'],
  ['shellsession', 'console'],
  ['terminal', 'console'],
  ['text', 'console'],
  ['plain', 'console'],
  ['plaintext', 'console'],
  ['txt', 'console'],
  ['', 'console'],
]);

function regionsOf(text: string, body: readonly Line[], language: string): Region[] {
  if (language === 'yaml' || language === 'yml' || language === 'json') {
    return startsWithHeredoc(text, body) ? heredocRegions(text, body, 'fence') : [yamlRegion(text, body)];
  }
  const style = shells.get(language);
  if (!style) {
    return [];
  }
  const heredocs = heredocRegions(text, body, style);
  const unmarked = heredocs.length === 0 && style === 'console' && looksLikeManifest(text, body);
  return unmarked ? [yamlRegion(text, body)] : heredocs;
}

function yamlRegion(text: string, body: readonly Line[]): Region {
  const map = RegionMap.of(text, withoutCommonIndent(text, body));
  return { map, variables: 'envsubst', prose: true, isPatch: false, escaped: [] };
}

/** People mark commands as YAML too, for the colours of the manifest in them. */
function startsWithHeredoc(text: string, body: readonly Line[]): boolean {
  const first = body.map((line) => lineText(text, line)).find((line) => line.trim() !== '') ?? '';
  return heredocsOf(first).length > 0 && !/^\s*(?:#|[\w"'-]+\s*:(?:\s|$))/.test(first);
}

/** A fence without a language is YAML when it starts like a manifest and names its kind. */
function looksLikeManifest(text: string, body: readonly Line[]): boolean {
  const lines = body.map((line) => lineText(text, line));
  const first = lines.find((line) => line.trim() !== '' && !/^\s*#/.test(line));
  return (
    first !== undefined &&
    /^\s*(?:apiVersion|kind|metadata):|^---/.test(first) &&
    lines.some((line) => /^\s*kind:\s*\S/.test(line))
  );
}
