import type { EnumValue, SchemaField, SchemaNode, SchemaRule } from './schema-node';

/** The form of `generated/istio.json`: nodes, texts and rules are named by their number. */
export interface CompactSchema {
  readonly kinds: { readonly [kind: string]: CompactKind };
  readonly nodes: readonly CompactNode[];
  readonly texts: readonly string[];
  readonly rules: readonly SchemaRule[];
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

interface CompactNode extends Omit<SchemaNode, 'fields' | 'item' | 'values' | 'pattern' | 'rules' | 'ruled'> {
  readonly fields?: { readonly [name: string]: readonly [node: number, text?: number, flags?: Flags] };
  readonly item?: number;
  readonly values?: { readonly [name: string]: readonly [text?: number, flags?: Flags] };
  readonly pattern?: string;
  readonly rules?: readonly number[];
}

/** The nodes by their numbers. Children stand before their parents, so one pass links them. */
export function readNodes({ nodes, texts, rules: table }: CompactSchema): readonly SchemaNode[] {
  const read: SchemaNode[] = [];
  for (const { fields, item, values, pattern, rules, ...node } of nodes) {
    read.push({
      ...node,
      ...(fields && { fields: fieldsOf(fields, read, texts) }),
      ...(item !== undefined && { item: read[item]! }),
      ...(values && { values: valuesOf(values, texts) }),
      ...(pattern !== undefined && { pattern: new RegExp(pattern) }),
      ...(rules && { rules: rules.map((number) => table[number]!) }),
      ...((rules || childrenOf(fields, item).some((number) => read[number]!.ruled)) && { ruled: true }),
    });
  }
  return read;
}

function childrenOf(fields: CompactNode['fields'], item: number | undefined): readonly number[] {
  return item === undefined ? Object.values(fields ?? {}).map(([number]) => number) : [item];
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
