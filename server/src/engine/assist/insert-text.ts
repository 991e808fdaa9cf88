import type { SchemaField, SchemaNode } from '../schema/schema-node';
import type { YamlStyle } from '../yaml/edit';
import { quoted, scalarText } from '../yaml/stringify';
import type { Cursor } from './cursor';
import { usualOrder } from './usual-order';

/** Text that an editor inserts; as a snippet it has places to fill in. */
export interface InsertText {
  readonly text: string;
  readonly snippet: boolean;
}

/** How the place wants to be written. */
export interface Placement {
  readonly style: YamlStyle;
  /** What has to stand in front of the text. */
  readonly lead: string;
  /** Where the keys of the map stand that is being written. */
  readonly column: number;
  readonly flow: boolean;
}

/** A field with its colon and everything that has to stand in it. */
export function fieldText(field: SchemaField, cursor: Cursor, placement: Placement): InsertText {
  const { flow, column, style, lead } = placement;
  const key = cursor.quote === '' ? scalarText(field.name, { flow }) : field.name;
  if (cursor.colon || (cursor.quote !== '' && !cursor.flow)) {
    return { text: lead + key + cursor.closing, snippet: false };
  }
  const stops = newStops();
  const text = flow
    ? `${key}${cursor.closing}: ${flowValue(field.node, stops)}`
    : `${key}:${blockValue(field.node, style, column, stops)}`;
  return { text: lead + text, snippet: true };
}

type Stops = (values?: readonly string[]) => string;

/** Numbers the places to fill in. A few values that are known can be picked from. */
function newStops(): Stops {
  let count = 0;
  return (values) => {
    count++;
    return values ? `\${${count}|${values.join(',')}|}` : `$${count}`;
  };
}

function flowValue({ type }: SchemaNode, stops: Stops): string {
  return type === 'list' ? `[${stops()}]` : type === 'object' || type === 'map' ? `{${stops()}}` : stops();
}

function blockValue(node: SchemaNode, style: YamlStyle, column: number, stops: Stops): string {
  if (node.type === 'list') {
    const dash = column + (style.indentSequences ? style.indent : 0);
    return `${breakTo(dash)}- ${blockBody(node.item, style, dash + 2, stops)}`;
  }
  if (node.type === 'object' || node.type === 'map') {
    const nested = column + style.indent;
    return breakTo(nested) + blockBody(node, style, nested, stops);
  }
  return ` ${stops()}`;
}

/** What an object cannot do without, or just room to type. */
function blockBody(node: SchemaNode | undefined, style: YamlStyle, column: number, stops: Stops): string {
  const required = (node?.required ?? [])
    .flatMap((name) => node?.fields?.get(name) ?? [])
    .sort((a, b) => usualOrder(a.name) - usualOrder(b.name));
  const lines = required.map(
    (field) =>
      `${scalarText(field.name, { flow: false })}:${requiredValue(field.node, style, column, stops)}`,
  );
  return lines.length > 0 ? lines.join(breakTo(column)) : stops();
}

/** Among more than these nobody picks without typing. */
const mostChoices = 20;

function requiredValue(node: SchemaNode, style: YamlStyle, column: number, stops: Stops): string {
  const values = [...(node.values?.values() ?? [])].filter((it) => !it.unlisted).map((it) => it.name);
  return values.length > 0 && values.length <= mostChoices
    ? ` ${stops(values)}`
    : blockValue(node, style, column, stops);
}

/** The editor writes the line ending of the file. */
export function breakTo(column: number): string {
  return `\n${' '.repeat(column)}`;
}

/** A value between the quotes that are there, or with the quotes it needs. */
export function valueText(value: string | number | boolean, cursor: Cursor, placement: Placement): string {
  if (cursor.quote !== '') {
    const whole = quoted(String(value), cursor.quote === "'" ? 'single' : 'double');
    const inner = whole.startsWith(cursor.quote) ? whole.slice(1, -1) : String(value);
    return inner + cursor.closing;
  }
  return placement.lead + scalarText(value, { flow: placement.flow });
}

export function escapeSnippet(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}
