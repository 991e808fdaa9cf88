import type { EnumValue, SchemaField, SchemaNode } from './schema-node';

/** The form of `generated/istio.json`: nodes and texts are named by their number. */
export interface CompactSchema {
  readonly kinds: { readonly [kind: string]: CompactKind };
  readonly nodes: readonly CompactNode[];
  readonly texts: readonly string[];
}

interface CompactKind {
  readonly group: string;
  readonly versions: readonly string[];
  readonly required?: readonly string[];
  readonly since?: string;
  readonly spec: number;
  readonly text: number;
}

type Flags = Pick<SchemaField, 'since' | 'deprecated' | 'unlisted'>;

interface CompactNode extends Omit<SchemaNode, 'fields' | 'item' | 'values' | 'pattern'> {
  readonly fields?: { readonly [name: string]: readonly [node: number, text?: number, flags?: Flags] };
  readonly item?: number;
  readonly values?: { readonly [name: string]: readonly [text?: number, flags?: Flags] };
  readonly pattern?: string;
}

/** The nodes by their numbers. Children stand before their parents, so one pass links them. */
export function readNodes({ nodes, texts }: CompactSchema): readonly SchemaNode[] {
  const read: SchemaNode[] = [];
  for (const { fields, item, values, pattern, ...node } of nodes) {
    read.push({
      ...node,
      ...(fields && { fields: fieldsOf(fields, read, texts) }),
      ...(item !== undefined && { item: read[item]! }),
      ...(values && { values: valuesOf(values, texts) }),
      ...(pattern !== undefined && { pattern: new RegExp(pattern) }),
    });
  }
  return read;
}

function fieldsOf(
  fields: NonNullable<CompactNode['fields']>,
  read: readonly SchemaNode[],
  texts: readonly string[],
): ReadonlyMap<string, SchemaField> {
  return new Map(
    Object.entries(fields).map(([name, [node, text = 0, flags]]) => [
      name,
      { name, node: read[node]!, text: texts[text]!, ...flags },
    ]),
  );
}

function valuesOf(
  values: NonNullable<CompactNode['values']>,
  texts: readonly string[],
): ReadonlyMap<string, EnumValue> {
  return new Map(
    Object.entries(values).map(([name, [text = 0, flags]]) => [name, { name, text: texts[text]!, ...flags }]),
  );
}
