import type { YamlMap, YamlPair } from '../yaml/node';
import { isMerge, keyText, pairOf, resolved } from '../yaml/walk';

/** The pairs of a map that count, with those that `<<` brings in. */
export function pairsOf(map: YamlMap): readonly YamlPair[] {
  return hasMerge(map) ? withMerged(map) : map.pairs;
}

/** The pair of `name`, quickly: most maps merge nothing, and most fields are absent. */
export function pairNamed(map: YamlMap, name: string): YamlPair | undefined {
  for (let index = map.pairs.length - 1; index >= 0; index--) {
    const pair = map.pairs[index]!;
    if (isMerge(pair)) {
      return pairOf(map, name);
    }
    if (keyText(pair) === name) {
      return pair;
    }
  }
  return undefined;
}

function hasMerge(map: YamlMap): boolean {
  for (const pair of map.pairs) {
    if (isMerge(pair)) {
      return true;
    }
  }
  return false;
}

function withMerged(map: YamlMap): readonly YamlPair[] {
  const written = map.pairs.filter((pair) => !isMerge(pair) && !isReplaced(map, pair));
  const names = new Set<string>();
  collectNames(map, names, 0);
  for (const pair of written) {
    names.delete(keyText(pair) ?? '');
  }
  return [...written, ...[...names].flatMap((name) => pairOf(map, name) ?? [])];
}

/** By a `<<` below it. */
function isReplaced(map: YamlMap, pair: YamlPair): boolean {
  const name = keyText(pair);
  const counts = name === undefined ? undefined : pairOf(map, name);
  return counts !== undefined && !map.pairs.includes(counts);
}

const maxMergeDepth = 20;

function collectNames(map: YamlMap, names: Set<string>, depth: number): void {
  for (const pair of depth > maxMergeDepth ? [] : map.pairs) {
    const name = keyText(pair);
    if (isMerge(pair)) {
      const source = resolved(pair.value);
      for (const from of source?.type === 'seq' ? source.items.map(resolved) : [source]) {
        if (from?.type === 'map') {
          collectNames(from, names, depth + 1);
        }
      }
    } else if (name !== undefined) {
      names.add(name);
    }
  }
}
