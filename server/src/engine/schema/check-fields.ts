import type { Path, Scalar, YamlMap, YamlPair } from '../yaml/node';
import { keyText, resolved } from '../yaml/walk';
import { pairNamed } from './pairs-of';
import type { SchemaNode } from './schema-node';
import { report, type StructureFix, type Walk } from './structure-finding';
import { isNewer } from './versions';
import { choice, nameAt, pathText } from './words';
import { isNull } from './wrong-type';

/** What must be there and is not. A name that an unknown field was meant to be is that field's finding. */
export function checkRequired(
  walk: Walk,
  map: YamlMap,
  schema: SchemaNode,
  meant: ReadonlySet<string> | undefined,
): void {
  for (const name of schema.required ?? []) {
    if (!meant?.has(name) && !presentPair(map, schema, name)) {
      reportMissing(walk, map, name, name === 'name' ? portNames(walk, map) : []);
    }
  }
}

/** A port that has all but a name gets the usual one; ports are called by protocol and number. */
function portNames(walk: Walk, map: YamlMap): readonly StructureFix[] {
  const protocol = scalarAt(map, 'protocol');
  const number = scalarAt(map, 'number');
  if (typeof protocol !== 'string' || typeof number !== 'number' || !/^[A-Za-z][\w-]*$/.test(protocol)) {
    return [];
  }
  const value = `${protocol.toLowerCase()}-${number}`;
  const edits = [{ op: 'set', path: [...walk.path, 'name'], value }] as const;
  return [{ title: `Name the port "${value}"`, edits, preferred: true }];
}

function scalarAt(map: YamlMap, name: string): Scalar | undefined {
  const node = resolved(pairNamed(map, name)?.value);
  return node?.type === 'scalar' ? node.value : undefined;
}

export function reportMissing(
  walk: Walk,
  map: YamlMap,
  name: string,
  fixes: readonly StructureFix[] = [],
): void {
  const path = walk.path.slice(walk.base);
  const owner = path.length === 0 ? 'The object' : `"${pathText(path)}"`;
  report(walk, 'schema/required', ownPlace(walk, map), `${owner} needs the field "${name}"`, fixes);
}

/** Something short that stands for the whole object: its key, or for an item of a list its first key. */
export function ownPlace(walk: Walk, map: YamlMap): { readonly path: Path; readonly part?: 'key' } {
  const path = [...walk.path];
  if (path.length > walk.base && typeof path[path.length - 1] === 'string') {
    return { path, part: 'key' };
  }
  if (path.length === walk.base) {
    return { path: [...path, 'kind'] };
  }
  const first = map.pairs[0] && keyText(map.pairs[0]);
  return first === undefined || first === '<<' ? { path } : { path: [...path, first], part: 'key' };
}

/** Reports fields that exclude each other, at the last one that is written. */
export function checkGroups(walk: Walk, map: YamlMap, schema: SchemaNode): void {
  for (const group of schema.oneOf ?? []) {
    const present = group.filter((name) => isKnown(walk, schema, name) && presentPair(map, schema, name));
    if (present.length > 1) {
      const inOrder = present
        .map((name) => ({ name, start: pairNamed(map, name)!.key.start }))
        .sort((a, b) => a.start - b.start)
        .map(({ name }) => name);
      reportConflict(walk, inOrder);
    }
  }
}

/** Of a field that is newer than the mesh that is told already. */
function isKnown(walk: Walk, schema: SchemaNode, name: string): boolean {
  return !isNewer(schema.fields?.get(name)?.since, walk.context.target);
}

function reportConflict(walk: Walk, names: readonly string[]): void {
  const path = [...walk.path, names[names.length - 1]!];
  const place = walk.path.length > walk.base ? ` in "${nameAt(walk.path)}"` : '';
  const fixes = names.map((kept) => ({
    title: `Keep "${kept}"`,
    edits: names
      .filter((name) => name !== kept)
      .map((name) => ({ op: 'remove', path: [...walk.path, name] }) as const),
  }));
  const message = `${choice(names, 'and')} exclude each other${place}; keep one of them`;
  report(walk, 'schema/one-of', { path, part: 'key' }, message, fixes);
}

/** The pair of a field that the API server will see: null counts only where it is a value. */
export function presentPair(map: YamlMap, schema: SchemaNode, name: string): YamlPair | undefined {
  const pair = pairNamed(map, name);
  const absent = pair && isNull(resolved(pair.value)) && !schema.fields?.get(name)?.node.nullable;
  return absent ? undefined : pair;
}
