import type { Path, YamlMap, YamlNode, YamlSeq } from '../yaml/node';
import { keyText, nodeAt, resolved } from '../yaml/walk';
import { any } from './build-schema';
import { type CelValue, holds } from './cel';
import { ownPlace, presentPair } from './check-fields';
import { pairsOf } from './pairs-of';
import type { SchemaNode, SchemaRule } from './schema-node';
import { report, type StructureFinding, type StructureFix, type Walk } from './structure-finding';
import { nameAt, pathText, quoted } from './words';
import { isNull } from './wrong-type';

/**
 * Evaluates the rules of the value at the walk's path and of all below it. As in the API server, a value whose
 * structure is wrong is not asked.
 */
export function checkRules(walk: Walk, node: YamlNode, schema: SchemaNode): void {
  visit({ ...walk, wrong: [...walk.findings] }, node, schema, false);
}

interface RuleWalk extends Walk {
  /** What the structure has been found to break. */
  readonly wrong: readonly StructureFinding[];
}

/**
 * Gives the value as CEL sees it when it is `wanted` above, `undefined` when nobody needs it or when part of it is
 * filled in later.
 */
function visit(
  walk: RuleWalk,
  written: YamlNode,
  expected: SchemaNode,
  wanted: boolean,
): CelValue | undefined {
  const node = resolved(written);
  if (!node || node.type === 'alias' || !(wanted || expected.ruled)) {
    return undefined;
  }
  const schema = isShaped(node, expected) ? expected : any;
  const value = celValue(walk, node, schema, wanted || schema.rules !== undefined);
  if (schema.rules && value !== undefined) {
    evaluate(walk, node, schema, schema.rules, value);
  }
  return value;
}

function isShaped({ type }: YamlNode, schema: SchemaNode): boolean {
  switch (schema.type) {
    case 'object':
    case 'map':
      return type === 'map';
    case 'list':
      return type === 'seq';
    default:
      return type === 'scalar';
  }
}

function celValue(
  walk: RuleWalk,
  node: Exclude<YamlNode, { readonly type: 'alias' }>,
  schema: SchemaNode,
  wanted: boolean,
): CelValue | undefined {
  switch (node.type) {
    case 'map':
      return mapValue(walk, node, schema, wanted);
    case 'seq':
      return listValue(walk, node, schema, wanted);
    default:
      return walk.context.isHole(node) ? undefined : numbered(node.value);
  }
}

/** Whole numbers are integers, whatever they are written as. */
function numbered(value: string | number | boolean | null): CelValue {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function mapValue(
  walk: RuleWalk,
  map: YamlMap,
  schema: SchemaNode,
  wanted: boolean,
): ReadonlyMap<string, CelValue> | undefined {
  const entries = new Map<string, CelValue>();
  let whole = wanted;
  for (const pair of pairsOf(map)) {
    const name = keyText(pair);
    const inner = schema.item ?? (name === undefined ? undefined : schema.fields?.get(name)?.node) ?? any;
    if (name === undefined || (isNull(resolved(pair.value)) && !inner.nullable)) {
      continue;
    }
    walk.path.push(name);
    const value = visit(walk, pair.value, inner, wanted);
    walk.path.pop();
    if (value === undefined || walk.context.isHole(pair.key)) {
      whole = false;
    } else {
      entries.set(name, value);
    }
  }
  return whole ? entries : undefined;
}

function listValue(
  walk: RuleWalk,
  list: YamlSeq,
  schema: SchemaNode,
  wanted: boolean,
): readonly CelValue[] | undefined {
  const items: CelValue[] = [];
  let whole = wanted;
  for (const [index, item] of list.items.entries()) {
    walk.path.push(index);
    const value = visit(walk, item, schema.item ?? any, wanted);
    walk.path.pop();
    if (value === undefined) {
      whole = false;
    } else {
      items.push(value);
    }
  }
  return whole ? items : undefined;
}

/** Of the rules that do not hold only the first is told: the others are as a rule about the same mistake. */
function evaluate(
  walk: RuleWalk,
  node: YamlNode,
  schema: SchemaNode,
  rules: readonly SchemaRule[],
  value: CelValue,
): void {
  // What a part leaves out may be in the whole, so only a value that is a whole of its own can be judged.
  if (
    (walk.context.partial && node.type !== 'scalar') ||
    walk.wrong.some((it) => isInside(walk.path, it.path))
  ) {
    return;
  }
  const broken = rules.find(({ rule }) => !holds(rule, value));
  if (broken) {
    reportBroken(walk, node, schema, broken, value);
  }
}

function isInside(path: Path, inner: Path): boolean {
  return path.every((step, index) => step === inner[index]);
}

function reportBroken(
  walk: RuleWalk,
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
  const message = rule.says.replace(/\{(\w+)\}/g, (_, word: string) => words[word]!);
  report(walk, rule.code ?? 'schema/rule', place, message, rule.drop ? [removal(place)] : []);
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

function removal({ path }: Place): StructureFix {
  const edits = [{ op: 'remove', path }] as const;
  return { title: `Remove "${nameAt(path)}"`, edits, preferred: true };
}
