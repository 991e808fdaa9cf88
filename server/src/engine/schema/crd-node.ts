import { groupsIn } from './crd-groups';
import { patternOf } from './crd-pattern';
import { rulesIn } from './crd-rules';
import type { EnumValue, SchemaField, SchemaNode, SchemaType } from './schema-node';
import { isRecord, list, record, texts, type Untyped } from './untyped';

/**
 * A node of a CustomResourceDefinition's schema as one of ours. `like` is what is built in for the same place: what it
 * says in words is said here too, where the schema means the same. What is not understood is not checked.
 */
export function crdNode(written: unknown, like: SchemaNode | undefined): SchemaNode {
  const schema = record(written);
  const shape = shapeOf(schema, like);
  const rules = rulesIn(schema, like);
  const inner = shape.item ? [shape.item] : [...(shape.fields?.values() ?? [])].map((it) => it.node);
  const oneOf = groupsIn(schema);
  return {
    ...shape,
    ...(schema.nullable === true && { nullable: true }),
    ...(oneOf.length > 0 && { oneOf }),
    ...(rules.length > 0 && { rules }),
    ...((rules.length > 0 || inner.some((it) => it.ruled)) && { ruled: true }),
  };
}

function shapeOf(schema: Untyped, like: SchemaNode | undefined): SchemaNode {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return { type: 'any', intOrString: true };
  }
  switch (schema.type) {
    case 'object':
      return objectOf(schema, like);
    case 'array':
      return { type: 'list', item: crdNode(schema.items, like?.item), ...listLimits(schema) };
    case 'string':
      return { type: 'string', ...textLimits(schema, like) };
    case 'integer':
    case 'number':
      return { type: schema.type, ...numberLimits(schema) };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return { type: 'any' };
  }
}

function objectOf(schema: Untyped, like: SchemaNode | undefined): SchemaNode {
  const { properties, additionalProperties } = schema;
  const keeps = schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (isRecord(additionalProperties)) {
    return { type: 'map', item: crdNode(additionalProperties, like?.item), ...counts(schema, 'Properties') };
  }
  if (!isRecord(properties)) {
    return {
      type: 'object',
      ...(keeps || additionalProperties === true ? { open: true } : { fields: new Map() }),
    };
  }
  const fields = Object.entries(properties).map(([name, it]): [string, SchemaField] => [
    name,
    fieldOf(name, record(it), like?.fields?.get(name)),
  ]);
  const required = texts(schema.required);
  return { type: 'object', fields: new Map(fields), required, ...(keeps && { lenient: true }) };
}

function fieldOf(name: string, schema: Untyped, like: SchemaField | undefined): SchemaField {
  const described = typeof schema.description === 'string' ? schema.description : '';
  const text = like?.text || (described.split(/\n\s*\n/)[0] ?? '').replace(/\s+/g, ' ').trim();
  const deprecated = like?.deprecated || described.startsWith('Deprecated');
  return {
    name,
    node: crdNode(schema, like?.node),
    text,
    ...(like?.unlisted && { unlisted: true }),
    ...(deprecated && { deprecated }),
  };
}

function listLimits(schema: Untyped): Partial<SchemaNode> {
  const keys = schema['x-kubernetes-list-type'] === 'map' ? texts(schema['x-kubernetes-list-map-keys']) : [];
  const [uniqueBy] = keys;
  return { ...counts(schema, 'Items'), ...(uniqueBy !== undefined && keys.length === 1 && { uniqueBy }) };
}

function counts(schema: Untyped, what: 'Items' | 'Properties'): Partial<SchemaNode> {
  return { ...limit(schema, `min${what}`), ...limit(schema, `max${what}`) };
}

function textLimits(schema: Untyped, like: SchemaNode | undefined): Partial<SchemaNode> {
  const names = texts(schema.enum);
  const values = names.map((name): [string, EnumValue] => [name, enumValue(name, like?.values?.get(name))]);
  const isWhole = names.length > 0 && names.length === list(schema.enum).length;
  return {
    ...(isWhole && { values: new Map(values) }),
    ...limit(schema, 'minLength'),
    ...limit(schema, 'maxLength'),
    ...(typeof schema.pattern === 'string' && patternOf(schema.pattern, like)),
    ...((schema.format === 'byte' || schema.format === 'date-time') && { format: schema.format }),
    ...(like?.format === 'duration' && { format: like.format }),
  };
}

function enumValue(name: string, like: EnumValue | undefined): EnumValue {
  const unlisted = like?.unlisted || name === '';
  return { name, text: like?.text ?? '', ...(unlisted && { unlisted }) };
}

const int32 = { minimum: -2147483648, maximum: 2147483647 };

function numberLimits(schema: Untyped): Partial<SchemaNode> {
  const isInt32 = schema.type === ('integer' satisfies SchemaType) && schema.format === 'int32';
  return { ...(isInt32 && int32), ...limit(schema, 'minimum'), ...limit(schema, 'maximum') };
}

function limit(schema: Untyped, name: string): Partial<SchemaNode> {
  const value = schema[name];
  return typeof value === 'number' ? { [name]: value } : {};
}
