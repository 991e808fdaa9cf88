import type { YamlMap, YamlNode, YamlPair, YamlSeq } from '../yaml/node';
import { keyText, resolved } from '../yaml/walk';
import { checkGroups, checkRequired } from './check-fields';
import { checkScalar } from './check-scalar';
import { checkItemCount, checkPropertyCount, checkUnique } from './check-size';
import { reportNewerField } from './newer-than-mesh';
import { pairsOf } from './pairs-of';
import type { SchemaNode } from './schema-node';
import type { Walk } from './structure-finding';
import { reportUnknownField } from './unknown-field';
import { isNewer } from './versions';
import { isNull, reportWrongType } from './wrong-type';

/** Checks the value at the walk's path and all below it. */
export function checkValue(walk: Walk, written: YamlNode, schema: SchemaNode): void {
  const node = resolved(written);
  if (!node || node.type === 'alias') {
    return;
  }
  switch (schema.type) {
    case 'object':
      if (node.type === 'map') {
        checkObject(walk, node, schema);
        return;
      }
      break;
    case 'map':
      if (node.type === 'map') {
        checkMap(walk, node, schema);
        return;
      }
      break;
    case 'list':
      if (node.type === 'seq') {
        checkList(walk, node, schema);
        return;
      }
      break;
    case 'any':
      if (!schema.intOrString || isIntOrString(node)) {
        return;
      }
      break;
    default:
      if (node.type === 'scalar') {
        checkScalar(walk, node, schema);
        return;
      }
  }
  reportWrongType(walk, node, schema);
}

function checkObject(walk: Walk, map: YamlMap, schema: SchemaNode): void {
  if (schema.open) {
    return;
  }
  let meant: Set<string> | undefined;
  for (const pair of pairsOf(map)) {
    const name = keyText(pair);
    if (name === undefined) {
      continue;
    }
    const field = schema.fields!.get(name);
    walk.path.push(name);
    if (field && isNewer(field.since, walk.context.target)) {
      reportNewerField(walk, field.since);
    } else if (field) {
      checkPresent(walk, pair, field.node);
    } else if (!schema.lenient && !isForeign(walk, pair, name)) {
      meant ??= new Set();
      meant.add(reportUnknownField(walk, map, schema) ?? '');
    }
    walk.path.pop();
  }
  if (!walk.context.partial) {
    checkRequired(walk, map, schema, meant);
    checkGroups(walk, map, schema);
  }
}

function isIntOrString(node: YamlNode): boolean {
  return node.type === 'scalar' && (typeof node.value === 'string' || Number.isInteger(node.value));
}

/** Null is as good as absent, or a value that needs no check. */
function checkPresent(walk: Walk, { value }: YamlPair, schema: SchemaNode): void {
  if (!isNull(resolved(value))) {
    checkValue(walk, value, schema);
  }
}

/** A key that is filled in later, or an instruction to Kustomize. */
function isForeign(walk: Walk, pair: YamlPair, name: string): boolean {
  return walk.context.isHole(pair.key) || (walk.context.partial === 'patch' && name.startsWith('$'));
}

function checkMap(walk: Walk, map: YamlMap, schema: SchemaNode): void {
  for (const pair of pairsOf(map)) {
    const name = keyText(pair);
    if (name !== undefined) {
      walk.path.push(name);
      checkPresent(walk, pair, schema.item!);
      walk.path.pop();
    }
  }
  if (!walk.context.partial) {
    checkPropertyCount(walk, map, schema);
  }
}

function checkList(walk: Walk, list: YamlSeq, schema: SchemaNode): void {
  for (let index = 0; index < list.items.length; index++) {
    walk.path.push(index);
    checkValue(walk, list.items[index]!, schema.item!);
    walk.path.pop();
  }
  if (!walk.context.partial) {
    checkItemCount(walk, list, schema);
    checkUnique(walk, list, schema);
  }
}
