import type { EnumValue, SchemaField, SchemaNode, SchemaRule } from './schema-node';

/** What nobody looks at. */
export const any: SchemaNode = { type: 'any' };

export function object(
  fields: readonly SchemaField[],
  required: readonly string[] = [],
  ...rules: readonly SchemaRule[]
): SchemaNode {
  return {
    type: 'object',
    fields: new Map(fields.map((it) => [it.name, it])),
    required,
    ...(rules.length > 0 && { rules }),
    ...((rules.length > 0 || fields.some(({ node }) => node.ruled)) && { ruled: true }),
  };
}

/** One of the names. An empty one is accepted, but nobody is meant to write it. */
export function choiceOf(...names: readonly string[]): SchemaNode {
  return {
    type: 'string',
    values: new Map(
      names.map((name): [string, EnumValue] => [name, { name, text: '', unlisted: name === '' }]),
    ),
  };
}

export function field(name: string, node: SchemaNode, text: string): SchemaField {
  return { name, node, text };
}

/** A field the cluster fills in. */
export function unlisted(name: string, node: SchemaNode): SchemaField {
  return { name, node, text: '', unlisted: true };
}
