import { nearest } from '../text/nearest';
import type { YamlMap } from '../yaml/node';
import { keyText } from '../yaml/walk';
import type { SchemaNode } from './schema-node';
import { report, type StructureFix, type Walk } from './structure-finding';
import { isNewer } from './versions';
import { choice, pathText, quoted } from './words';

const fewFields = 8;

/** Reports the field at the end of the walk's path, and gives the name that was probably meant. */
export function reportUnknownField(walk: Walk, map: YamlMap, schema: SchemaNode): string | undefined {
  const name = String(walk.path[walk.path.length - 1]);
  const written = new Set(map.pairs.map(keyText));
  const free = [...schema.fields!.values()]
    .filter((it) => !written.has(it.name) && !isNewer(it.since, walk.context.target))
    .map((it) => it.name);
  const same = free.find((field) => bare(field) === bare(name));
  const meant = same ?? nearest(name, free);
  const place = pathText(walk.path.slice(walk.base, -1));
  const where = place === '' ? 'the object' : `"${place}"`;
  const hint = meant ? `; did you mean "${meant}"?` : hintFor(walk, name, schema);
  const fixes = meant === undefined ? [] : [renameTo(walk, meant, same !== undefined)];
  report(
    walk,
    'schema/unknown-field',
    { part: 'key' },
    `${quoted(name)} is no field of ${where}${hint}`,
    fixes,
  );
  return meant;
}

/** Names that differ only in case and word marks. */
function bare(name: string): string {
  return name.replace(/[-_\s]/g, '').toLowerCase();
}

function renameTo(walk: Walk, key: string, safe: boolean): StructureFix {
  return {
    title: `Rename to "${key}"`,
    edits: [{ op: 'rename', path: [...walk.path], key }],
    preferred: true,
    safe,
  };
}

/** Most unknown fields are known ones at another indentation. */
function hintFor(walk: Walk, name: string, schema: SchemaNode): string {
  const above = placeAbove(walk, name);
  if (above !== undefined) {
    return `; ${above} has one, so check the indentation`;
  }
  const below = [...schema.fields!.values()].find(({ node }) => (node.item ?? node).fields?.has(name));
  if (below) {
    return `; "${below.name}" has one, so check the indentation`;
  }
  const names = [...schema.fields!.values()]
    .filter((it) => !it.unlisted && !it.deprecated && !isNewer(it.since, walk.context.target))
    .map((it) => it.name);
  if (names.length === 0 || names.length > fewFields) {
    return '';
  }
  return names.length === 1
    ? `; its only field is "${names[0]}"`
    : `; its fields are ${choice(names, 'and')}`;
}

function placeAbove(walk: Walk, name: string): string | undefined {
  let node: SchemaNode | undefined = walk.root;
  let place: string | undefined;
  // The last two steps are the object itself and its unknown field.
  for (let index = walk.base; node && index < walk.path.length - 1; index++) {
    if (node.fields?.has(name)) {
      place = index === walk.base ? 'the object' : `"${pathText(walk.path.slice(walk.base, index))}"`;
    }
    node = node.item ?? node.fields?.get(String(walk.path[index]))?.node;
  }
  return place;
}
