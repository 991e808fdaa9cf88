import type { Path, YamlMap, YamlNode } from '../yaml/node';
import { keyText } from '../yaml/walk';

/** Stands in a text for the word that is being typed. From the private use area, so no manifest has it. */
export const mark = '\uE0C5cursor';

export interface Found {
  /** Of the map for a key, of the value itself otherwise. */
  readonly path: Path;
  readonly part: 'key' | 'value';
  /** The map of the key, or the collection or map that holds the value. */
  readonly parent: YamlNode | undefined;
  readonly start: number;
}

/** Where the reader put the mark. */
export function findMark(root: YamlNode | undefined): Found | undefined {
  return root && search(root, [], undefined);
}

function search(node: YamlNode, path: Path, parent: YamlNode | undefined): Found | undefined {
  switch (node.type) {
    case 'scalar':
      return node.value === mark ? { path, part: 'value', parent, start: node.start } : undefined;
    case 'alias':
      return undefined;
    case 'map':
      return searchMap(node, path);
    case 'seq':
      for (const [index, item] of node.items.entries()) {
        const found = search(item, [...path, index], node);
        if (found) {
          return found;
        }
      }
      return undefined;
  }
}

function searchMap(map: YamlMap, path: Path): Found | undefined {
  for (const pair of map.pairs) {
    const name = keyText(pair);
    if (name === mark) {
      return { path, part: 'key', parent: map, start: pair.key.start };
    }
    const found = name === undefined ? undefined : search(pair.value, [...path, name], map);
    if (found) {
      return found;
    }
  }
  return undefined;
}
