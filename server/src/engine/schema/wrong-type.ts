import type { YamlValue } from '../yaml/edit';
import type { YamlNode, YamlScalar } from '../yaml/node';
import { keyText, plainValue, resolved } from '../yaml/walk';
import type { SchemaNode } from './schema-node';
import { inSeconds } from './seconds';
import { report, type StructureFix, type Walk } from './structure-finding';
import { type IstioVersion, isNewer } from './versions';
import { choice, nameAt, quoted } from './words';

/** The value at the walk's path has another type than its field. */
export function reportWrongType(walk: Walk, node: YamlNode, schema: SchemaNode): void {
  if (walk.context.isHole(node)) {
    return;
  }
  if (isNull(node)) {
    reportEmptyItem(walk, node, schema);
    return;
  }
  const remedy = remedyFor(walk, node, schema);
  const advice = remedy ? `; ${remedy.advice}` : '';
  const message = `"${nameAt(walk.path)}" takes ${expected(schema, walk.context.target)}, not ${found(walk, node)}${advice}`;
  report(walk, 'schema/wrong-type', {}, message, remedy && [remedy.fix]);
}

export function isNull(node: YamlNode | undefined): boolean {
  return node?.type === 'scalar' && node.value === null;
}

/** Null is dropped where a field may be absent; only an item of a list has no way to be absent. */
function reportEmptyItem(walk: Walk, node: YamlNode, schema: SchemaNode): void {
  const path = [...walk.path];
  const message = `"${nameAt(path)}" is empty; the list takes ${expected(schema, walk.context.target)}`;
  // Nothing is written behind the dash, so the list's own key has to stand for it.
  const place = node.start === node.end ? ({ path: path.slice(0, -1), part: 'key' } as const) : {};
  report(walk, 'schema/wrong-type', place, message, [
    { title: 'Remove the empty item', edits: [{ op: 'remove', path }] },
  ]);
}

function expected(schema: SchemaNode, target: IstioVersion | undefined): string {
  switch (schema.type) {
    case 'string':
      return schema.values ? `one of ${choice(listed(schema, target))}` : 'text';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'list':
      return 'a list';
    case 'any':
      return 'a whole number or text';
    default:
      return 'a block of fields';
  }
}

/** The values a person is meant to write in a mesh of that version. */
export function listed(schema: SchemaNode, target: IstioVersion | undefined): readonly string[] {
  return [...(schema.values?.values() ?? [])]
    .filter((it) => !it.unlisted && !it.deprecated && !isNewer(it.since, target))
    .map((it) => it.name);
}

function found(walk: Walk, node: YamlNode): string {
  if (node.type !== 'scalar') {
    return node.type === 'seq' ? 'a list' : 'a block of fields';
  }
  if (typeof node.value === 'string') {
    return `the text ${quoted(node.value)}`;
  }
  const source = sourceOf(walk, node);
  const value = String(node.value);
  const type = typeof node.value;
  return source === value
    ? `the ${type} ${value}`
    : `the ${type} ${value} that YAML makes of ${quoted(source)}`;
}

function sourceOf(walk: Walk, node: YamlNode): string {
  return walk.document.text.slice(node.start, node.end);
}

interface Remedy {
  readonly advice: string;
  readonly fix: StructureFix;
}

function remedyFor(walk: Walk, node: YamlNode, schema: SchemaNode): Remedy | undefined {
  if (schema.type === 'list') {
    return listRemedy(walk, node, schema.item!);
  }
  if (node.type === 'seq') {
    return itemRemedy(walk, node.items, schema);
  }
  return node.type === 'scalar' ? scalarRemedy(walk, node, schema) : undefined;
}

function scalarRemedy(walk: Walk, node: YamlScalar, schema: SchemaNode): Remedy | undefined {
  if (schema.type === 'string') {
    const source = sourceOf(walk, node);
    const seconds = inSeconds(walk, source, schema);
    if (seconds) {
      return { advice: 'give it a unit such as "s" for seconds', fix: seconds };
    }
    return node.style === 'plain' && isAllowed(schema, source)
      ? remedy(walk, 'put it in quotes', `Quote ${quoted(source)}`, source)
      : undefined;
  }
  const value = typeof node.value === 'string' ? meant(node.value, schema) : undefined;
  return value === undefined
    ? undefined
    : remedy(walk, `write ${value} without quotes`, `Write ${value} without quotes`, value);
}

function isAllowed({ values, pattern, format }: SchemaNode, text: string): boolean {
  return format !== 'duration' && (values?.has(text) ?? true) && (pattern?.test(text) ?? true);
}

/** The number or boolean that a text spells. */
function meant(text: string, schema: SchemaNode): number | boolean | undefined {
  if (schema.type === 'boolean') {
    return text === 'true' ? true : text === 'false' ? false : undefined;
  }
  const isNumber = schema.type === 'integer' ? /^-?(0|[1-9]\d{0,14})$/ : /^-?(0|[1-9]\d{0,14})(\.\d+)?$/;
  return (schema.type === 'integer' || schema.type === 'number') && isNumber.test(text)
    ? Number(text)
    : undefined;
}

function listRemedy(walk: Walk, node: YamlNode, item: SchemaNode): Remedy | undefined {
  return fits(node, item) && isPlain(walk, node)
    ? remedy(walk, 'make it an item of a list', 'Make it an item of a list', [written(node)])
    : undefined;
}

function itemRemedy(walk: Walk, items: readonly YamlNode[], schema: SchemaNode): Remedy | undefined {
  const only = items.length === 1 ? resolved(items[0]) : undefined;
  if (!only || !fits(only, schema) || !isPlain(walk, only)) {
    return undefined;
  }
  const { advice, fix } = remedy(walk, 'take it out of the list', 'Take it out of the list', written(only));
  return { advice, fix: { ...fix, safe: false } };
}

function fits(node: YamlNode, schema: SchemaNode): boolean {
  if (node.type === 'scalar') {
    return typeof node.value === (schema.type === 'integer' ? 'number' : schema.type);
  }
  const { fields } = schema;
  return (
    node.type === 'map' && fields !== undefined && node.pairs.every((pair) => fields.has(keyText(pair) ?? ''))
  );
}

/** Whether writing the value anew loses nothing a person has put there. */
function isPlain(walk: Walk, node: YamlNode): boolean {
  return !/(^|\s)#|[&*]/.test(sourceOf(walk, node));
}

function written(node: YamlNode): YamlValue {
  // Sound because YAML has no other values than these.
  return plainValue(node) as YamlValue;
}

function remedy(walk: Walk, advice: string, title: string, value: YamlValue): Remedy {
  const edits = [{ op: 'set', path: [...walk.path], value }] as const;
  return { advice, fix: { title, edits, preferred: true, safe: true } };
}
