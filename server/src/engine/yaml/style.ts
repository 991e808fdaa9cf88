import type { YamlStyle } from './edit';

/** How `text` is written, by the majority of its lines. What it does not show is as in the Kubernetes documentation. */
export function styleOf(text: string): YamlStyle {
  const indents = new Map<number, number>();
  let indented = 0;
  let notIndented = 0;
  for (const { deeper, isList } of nestings(text)) {
    if (!isList) {
      indents.set(deeper, (indents.get(deeper) ?? 0) + 1);
    } else if (deeper > 0) {
      indented++;
    } else {
      notIndented++;
    }
  }
  const [indent = 2] = [...indents].sort((a, b) => b[1] - a[1]).map(([columns]) => columns);
  return { indent, indentSequences: indented > notIndented, eol: eolOf(text) };
}

function eolOf(text: string): YamlStyle['eol'] {
  const breaks = text.match(/\r?\n/g) ?? [];
  return breaks.filter((it) => it === '\r\n').length * 2 > breaks.length ? '\r\n' : '\n';
}

interface Nesting {
  /** Columns the value starts right of its key. */
  readonly deeper: number;
  readonly isList: boolean;
}

/** Every key whose value starts on a line of its own. */
function* nestings(text: string): Iterable<Nesting> {
  let keyColumn: number | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) {
      continue;
    }
    const column = line.length - content.length;
    const isList = /^-(?: |$)/.test(content);
    if (keyColumn !== undefined && column >= keyColumn && (isList || column > keyColumn)) {
      yield { deeper: column - keyColumn, isList };
    }
    const opened = keyWithoutValue.exec(line);
    keyColumn = opened ? opened[1]!.length : undefined;
  }
}

const keyWithoutValue = /^( *(?:- +)*)[^\s#'"[{&*|>-][^#'"]*:[ \t]*(?:#.*)?$/;
