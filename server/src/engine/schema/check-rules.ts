import type { Path, YamlMap, YamlNode, YamlSeq } from '../yaml/node';
import { keyText, resolved } from '../yaml/walk';
import { reportBroken } from './broken-rule';
import { any } from './build-schema';
import { type CelValue, holds } from './cel';
import { pairsOf } from './pairs-of';
import type { SchemaNode, SchemaRule } from './schema-node';
import type { StructureFinding, Walk } from './structure-finding';
import { isGone } from './versions';
import { isNull } from './wrong-type';

/**
 * Evaluates the rules of the value at the walk's path and of all below it. As in the API server, a value whose
 * structure is wrong is not asked.
 */
export function checkRules(walk: Walk, node: YamlNode, schema: SchemaNode): void {
  visit({ wrong: [...walk.findings], ...walk }, node, schema, false);
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
  if (!wanted && !schema.rules) {
    descend(walk, node, schema);
    return undefined;
  }
  const value = celValue(walk, node, schema);
  if (schema.rules && value !== undefined) {
    evaluate(walk, node, schema, schema.rules, value);
  }
  return value;
}

/** Goes on to where there are rules, past values that nobody needs. */
function descend(walk: RuleWalk, node: YamlNode, { item, fields }: SchemaNode): void {
  if (node.type === 'seq' && item?.ruled) {
    for (let index = 0; index < node.items.length; index++) {
      step(walk, index, node.items[index]!, item, false);
    }
  }
  for (const pair of node.type === 'map' && (fields || item?.ruled) ? pairsOf(node) : []) {
    const name = keyText(pair);
    const inner = name === undefined ? undefined : (item ?? fields?.get(name)?.node);
    if (inner?.ruled && !isNull(resolved(pair.value))) {
      step(walk, name!, pair.value, inner, false);
    }
  }
}

function step(
  walk: RuleWalk,
  name: string | number,
  node: YamlNode,
  schema: SchemaNode,
  wanted: boolean,
): CelValue | undefined {
  walk.path.push(name);
  const value = visit(walk, node, schema, wanted);
  walk.path.pop();
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
): CelValue | undefined {
  switch (node.type) {
    case 'map':
      return mapValue(walk, node, schema);
    case 'seq':
      return listValue(walk, node, schema);
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
): ReadonlyMap<string, CelValue> | undefined {
  const entries = new Map<string, CelValue>();
  let whole = true;
  for (const pair of pairsOf(map)) {
    const name = keyText(pair);
    const inner = schema.item ?? (name === undefined ? undefined : schema.fields?.get(name)?.node) ?? any;
    if (name === undefined || (!inner.nullable && isNull(resolved(pair.value)))) {
      continue;
    }
    const value = step(walk, name, pair.value, inner, true);
    if (value === undefined || walk.context.isHole(pair.key)) {
      whole = false;
    } else {
      entries.set(name, value);
    }
  }
  return whole ? entries : undefined;
}

function listValue(walk: RuleWalk, list: YamlSeq, schema: SchemaNode): readonly CelValue[] | undefined {
  const items: CelValue[] = [];
  for (let index = 0; index < list.items.length; index++) {
    const value = step(walk, index, list.items[index]!, schema.item ?? any, true);
    if (value !== undefined) {
      items.push(value);
    }
  }
  return items.length === list.items.length ? items : undefined;
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
    (walk.wrong.length > 0 && walk.wrong.some((it) => isInside(walk.path, it.path)))
  ) {
    return;
  }
  const broken = rules.find(
    ({ rule, until, lenient }) => !isGone(until, walk.context.target) && !holds(rule, value, lenient),
  );
  if (broken) {
    reportBroken(walk, node, schema, broken, value);
  }
}

function isInside(path: Path, inner: Path): boolean {
  return path.every((step, index) => step === inner[index]);
}
