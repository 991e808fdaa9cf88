import { isTime } from '../go/time';
import { nearest } from '../text/nearest';
import type { YamlScalar } from '../yaml/node';
import { newerValue } from './newer-than-mesh';
import type { SchemaNode } from './schema-node';
import { report, type StructureFix, type Walk } from './structure-finding';
import { isNewer } from './versions';
import { choice, count, nameAt, quoted } from './words';
import { listed, reportWrongType } from './wrong-type';

const fewValues = 6;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;

/** Checks a scalar at the walk's path against a schema for scalars. */
export function checkScalar(walk: Walk, node: YamlScalar, schema: SchemaNode): void {
  const { value } = node;
  if (schema.type === 'string' && typeof value === 'string') {
    checkText(walk, node, value, schema);
  } else if (typeof value === 'number' && isNumeric(schema, value)) {
    checkNumber(walk, node, value, schema);
  } else if (schema.type !== 'boolean' || typeof value !== 'boolean') {
    reportWrongType(walk, node, schema);
  }
}

function isNumeric({ type }: SchemaNode, value: number): boolean {
  return type === 'number' || (type === 'integer' && Number.isInteger(value));
}

function checkNumber(walk: Walk, node: YamlScalar, value: number, schema: SchemaNode): void {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (value >= minimum && value <= maximum) {
    return;
  }
  const name = nameAt(walk.path);
  refuse(
    walk,
    node,
    'schema/range',
    `${value} is out of range: "${name}" must be ${limits(minimum, maximum)}`,
  );
}

function limits(minimum: number, maximum: number): string {
  if (maximum === Infinity) {
    return `at least ${minimum}`;
  }
  // JavaScript cannot spell the largest 64 bit number.
  return maximum > Number.MAX_SAFE_INTEGER
    ? `at least ${minimum} and fit into 64 bits`
    : `between ${minimum} and ${maximum}`;
}

function checkText(walk: Walk, node: YamlScalar, value: string, schema: SchemaNode): void {
  const { target } = walk.context;
  const since = schema.values?.get(value)?.since;
  if (schema.values && !schema.values.has(value)) {
    reportUnknownValue(walk, node, value, listed(schema, target));
  } else if (isNewer(since, target)) {
    refuse(walk, node, 'schema/newer-than-mesh', newerValue(walk, value, since));
  } else if (schema.minLength !== undefined && value.length < schema.minLength) {
    refuse(walk, node, 'schema/range', `"${nameAt(walk.path)}" must not be empty`);
  } else if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    checkLength(walk, node, value, schema.maxLength);
  } else if (schema.pattern && !schema.pattern.test(value)) {
    refuse(
      walk,
      node,
      'schema/pattern',
      `${quoted(value)} is no valid "${nameAt(walk.path)}": it takes ${schema.patternText}`,
    );
  } else if (schema.format === 'byte' && !isNewer(schema.checkedSince, target) && !base64.test(value)) {
    refuse(
      walk,
      node,
      'schema/pattern',
      `"${nameAt(walk.path)}" takes bytes in base64, which ${quoted(value)} is not`,
    );
  } else if (schema.format === 'date-time' && !isTime(value)) {
    refuse(walk, node, 'schema/pattern', `${quoted(value)} is no time: write it as "2026-01-31T12:00:00Z"`);
  }
}

/** The API server counts characters where JavaScript counts UTF-16 units. */
function checkLength(walk: Walk, node: YamlScalar, value: string, maxLength: number): void {
  const { length } = [...value];
  if (length > maxLength) {
    const has = `${quoted(value)} has ${count(length, 'character')}`;
    refuse(walk, node, 'schema/range', `${has}, and "${nameAt(walk.path)}" takes ${maxLength} at most`);
  }
}

function reportUnknownValue(walk: Walk, node: YamlScalar, value: string, names: readonly string[]): void {
  const same = names.find((name) => bare(name) === bare(value));
  const meant = same ?? nearest(value, names);
  const hint = meant ? `did you mean "${meant}"?` : `use ${choice(names)}`;
  const offered = meant ? [meant] : names.length <= fewValues ? names : [];
  const fixes: StructureFix[] = offered.map((name) => ({
    title: `Use "${name}"`,
    edits: [{ op: 'set', path: [...walk.path], value: name }],
    preferred: name === meant,
    safe: name === same,
  }));
  refuse(walk, node, 'schema/enum', `${quoted(value)} is no value of "${nameAt(walk.path)}"; ${hint}`, fixes);
}

/** Names that differ only in case and word marks. */
function bare(name: string): string {
  return name.replace(/[-_\s]/g, '').toUpperCase();
}

function refuse(
  walk: Walk,
  node: YamlScalar,
  code: Parameters<typeof report>[1],
  message: string,
  fixes: readonly StructureFix[] = [],
): void {
  if (!walk.context.isHole(node)) {
    report(walk, code, {}, message, fixes);
  }
}
