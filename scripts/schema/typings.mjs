import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

const packageDir = fileURLToPath(new URL('../../node_modules/@kubernetes-models/istio/', import.meta.url));
/**
 * The `spec` of each kind as the package's typings describe it. They know fields, enums and descriptions;
 * integers, ranges and the rest come from the overlay.
 */
export function specsOfTypings(kinds) {
  // A kind's versions share one schema, so the newest stands for all of them.
  const files = kinds.map(({ kind, group, versions }) => `${group}/${versions[0]}/${kind}.d.ts`);
  const generator = createGenerator({
    path: `${packageDir}{${files.join(',')}}`,
    type: '*',
    skipTypeCheck: true,
    additionalProperties: false,
    topRef: false,
  });
  return new Map(kinds.map(({ kind }) => [kind, specOf(generator, kind)]));
}

function specOf(generator, kind) {
  const name = `I${kind}`;
  const schema = generator.createSchema(name);
  return treeOf((schema.properties ? schema : schema.definitions[name]).properties.spec);
}

/** A JSON schema turned into a tree of ours. */
function treeOf(schema) {
  return { ...typeOf(schema), ...documentation(schema.description) };
}

function typeOf(schema) {
  if (schema.anyOf) {
    return merged(schema.anyOf.map(treeOf));
  }
  if (schema.type === 'array') {
    return { type: 'list', item: treeOf(schema.items) };
  }
  if (schema.type !== 'object') {
    return {
      type: schema.type,
      ...(schema.enum && { values: Object.fromEntries(schema.enum.map((it) => [it, {}])) }),
    };
  }
  if (schema.properties) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [name, treeOf(field)]);
    return { type: 'object', fields: Object.fromEntries(fields), required: schema.required ?? [] };
  }
  const values = schema.additionalProperties;
  return values ? { type: 'map', item: treeOf(values) } : { type: 'object', open: true };
}

/** The typings spell a choice between fields as a union of whole objects; the overlay says which it is. */
function merged(variants) {
  return {
    type: 'object',
    fields: Object.assign({}, ...variants.map((it) => it.fields)),
    required: variants[0].required.filter((name) => variants.every((it) => it.required.includes(name))),
  };
}

/** Values the text does not list are accepted, but nobody is meant to write them. */
function documentation(description = '') {
  const [text, options] = description.split(/\n*Valid Options: /);
  return {
    text: text.replace(/\s+/g, ' ').trim(),
    ...(options && { offered: options.split(', ') }),
    ...(/^Deprecated\b/.test(text) && { deprecated: true }),
  };
}
