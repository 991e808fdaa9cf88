import type { Scalar, YamlMap, YamlSeq } from '../yaml/node';
import { resolved } from '../yaml/walk';
import { pairNamed, pairsOf } from './pairs-of';
import type { SchemaNode } from './schema-node';
import { report, type Walk } from './structure-finding';
import { isNewer } from './versions';
import { count, nameAt, quoted } from './words';
import { isNull } from './wrong-type';

export function checkItemCount(
  walk: Walk,
  { items }: YamlSeq,
  { minItems = 0, maxItems = Infinity, checkedSince }: SchemaNode,
): void {
  if (isNewer(checkedSince, walk.context.target)) {
    return;
  }
  checkCount(walk, items.length, minItems, maxItems, 'item');
}

export function checkPropertyCount(
  walk: Walk,
  map: YamlMap,
  { minProperties = 0, maxProperties = Infinity }: SchemaNode,
): void {
  if (minProperties > 0 || map.pairs.length > maxProperties) {
    const present = pairsOf(map).filter(({ value }) => !isNull(resolved(value)));
    checkCount(walk, present.length, minProperties, maxProperties, 'entry');
  }
}

function checkCount(walk: Walk, amount: number, least: number, most: number, noun: 'item' | 'entry'): void {
  if (amount < least) {
    report(walk, 'schema/range', { part: 'key' }, `"${nameAt(walk.path)}" needs at least ${least} ${noun}`);
  } else if (amount > most) {
    const has = noun === 'item' ? count(amount, 'item') : `${amount} entries`;
    const message = `"${nameAt(walk.path)}" has ${has} and takes ${most} at most`;
    report(walk, 'schema/range', { part: 'key' }, message);
  }
}

/** Items of some lists are told apart by one of their fields; the later of two equal ones is reported. */
export function checkUnique(walk: Walk, list: YamlSeq, { uniqueBy }: SchemaNode): void {
  if (uniqueBy === undefined || list.items.length < 2) {
    return;
  }
  const seen = new Map<Scalar, number>();
  for (let index = 0; index < list.items.length; index++) {
    const item = resolved(list.items[index]);
    const key = item?.type === 'map' ? resolved(pairNamed(item, uniqueBy)?.value) : undefined;
    if (key?.type !== 'scalar' || key.value === null) {
      continue;
    }
    const first = seen.get(key.value);
    if (first === undefined) {
      seen.set(key.value, index);
    } else {
      const path = [...walk.path, index, uniqueBy];
      const name = nameAt(walk.path);
      const message = `${quoted(String(key.value))} is already the ${uniqueBy} of "${name}[${first}]"; every item needs its own`;
      report(walk, 'schema/list-type', { path }, message);
    }
  }
}
