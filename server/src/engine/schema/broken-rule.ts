import type { Path, YamlNode } from '../yaml/node';
import { keyText, nodeAt, resolved } from '../yaml/walk';
import { type CelValue, holds } from './cel';
import { ownPlace, presentPair } from './check-fields';
import type { SchemaNode, SchemaRule } from './schema-node';
import { inSeconds } from './seconds';
import { report, type StructureFix, type Walk } from './structure-finding';
import { nameAt, pathText, quoted } from './words';

/** Reports that the value at the walk's path does not keep a rule, at the part of it that is at fault. */
export function reportBroken(
  walk: Walk,
  node: YamlNode,
  schema: SchemaNode,
  rule: SchemaRule,
  value: CelValue,
): void {
  const place = placeOf(walk, node, schema, rule, guiltyEntry(rule.rule, schema, value));
  const words: { readonly [name: string]: string } = {
    value: valueAt(walk, place),
    name: nameAt(walk.path),
    owner: `"${pathText(walk.path.slice(walk.base))}"`,
  };
  const message = rule.says.replace(/\{(\w+)\}/g, (written, word: string) => words[word] ?? written);
  report(walk, rule.code ?? 'schema/rule', place, message, fixesFor(walk, schema, rule, value, place));
}

/** What makes a rule about all entries fail: the last of the fewest that fail together. */
function guiltyEntry(rule: string, schema: SchemaNode, value: CelValue): string | number | undefined {
  if (schema.type === 'list' && Array.isArray(value)) {
    const index = value.findIndex((_, last) => !holds(rule, value.slice(0, last + 1)));
    return index < 0 ? undefined : index;
  }
  const entries = schema.type === 'map' && value instanceof Map ? [...value] : [];
  return entries.find((_, last) => !holds(rule, new Map(entries.slice(0, last + 1))))?.[0];
}

interface Place {
  readonly path: Path;
  readonly part?: 'key' | 'value';
}

function placeOf(
  walk: Walk,
  node: YamlNode,
  schema: SchemaNode,
  { on = [] }: SchemaRule,
  guilty: string | number | undefined,
): Place {
  if (guilty !== undefined) {
    const path = [...walk.path, guilty];
    return typeof guilty === 'string' ? { path, part: 'key' } : { path: [...path, ...on.slice(0, 1)] };
  }
  if (node.type !== 'map') {
    return { path: [...walk.path] };
  }
  const written = on.flatMap((name) => presentPair(node, schema, name) ?? []);
  const last = written.toSorted((a, b) => a.key.start - b.key.start).at(-1);
  if (!last) {
    return ownPlace(walk, node);
  }
  const path = [...walk.path, keyText(last)!];
  return resolved(last.value)?.type === 'scalar' ? { path } : { path, part: 'key' };
}

function valueAt(walk: Walk, { path, part }: Place): string {
  const node = resolved(nodeAt(walk.document.root, path));
  const value = part === 'key' ? path.at(-1) : node?.type === 'scalar' ? node.value : '';
  return typeof value === 'string' ? quoted(value) : String(value);
}

function fixesFor(
  walk: Walk,
  schema: SchemaNode,
  { drop }: SchemaRule,
  value: CelValue,
  { path }: Place,
): readonly StructureFix[] {
  if (drop) {
    return [{ title: `Remove "${nameAt(path)}"`, edits: [{ op: 'remove', path }], preferred: true }];
  }
  const seconds = typeof value === 'string' ? inSeconds(walk, value, schema) : undefined;
  return seconds ? [seconds] : [];
}
