import { kindSchemas } from './schema';
import type { SchemaNode } from './schema-node';

/**
 * A kind's spec without whatever has not the type the schema gives it, so that the layers above can trust types
 * even while a document is half typed. Values that fit are shared, not copied. Texts stay whatever they say:
 * a misspelled enum value must not pass for the default that stands for an absent one.
 */
export function conform(kind: string, value: unknown): unknown {
  const schema = kindSchemas.get(kind);
  const fit = schema ? fitting(schema.spec, value) : value;
  return fit ?? {};
}

/** The part of `value` that fits, `undefined` for none. */
function fitting(node: SchemaNode, value: unknown): unknown {
  switch (node.type) {
    case 'string':
    case 'boolean':
      return typeof value === node.type ? value : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'integer':
      return Number.isInteger(value) ? value : undefined;
    case 'list':
      return Array.isArray(value) ? fittingItems(node.item!, value) : undefined;
    case 'any':
      return value;
    default:
      return isRecord(value) ? fittingFields(node, value) : undefined;
  }
}

function fittingItems(item: SchemaNode, values: readonly unknown[]): readonly unknown[] {
  const fit = values.map((value) => fitting(item, value));
  if (fit.every((value, index) => value === values[index] && value !== undefined)) {
    return values;
  }
  return fit.filter((value) => value !== undefined);
}

function fittingFields(node: SchemaNode, value: Readonly<Record<string, unknown>>): unknown {
  if (node.open) {
    return value;
  }
  const names = Object.keys(value);
  const fit = names.map((name) => {
    const schema = node.item ?? node.fields?.get(name)?.node;
    return schema && fitting(schema, value[name]);
  });
  if (fit.every((it, index) => it === value[names[index]!] && it !== undefined)) {
    return value;
  }
  const entries = names.map((name, index) => [name, fit[index]] as const);
  return Object.fromEntries(entries.filter(([, it]) => it !== undefined));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
