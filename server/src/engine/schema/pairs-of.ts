import type { YamlMap, YamlPair } from '../yaml/node';
import { keyText, pairOf, resolved } from '../yaml/walk';

/** The pairs of a map, with what `<<` brings in and no written key overrides. */
export function pairsOf(map: YamlMap): readonly YamlPair[] {
  return hasMerge(map) ? withMerged(map) : map.pairs;
}

/** The pair of `name`, quickly: most maps merge nothing, and most fields are absent. */
export function pairNamed(map: YamlMap, name: string): YamlPair | undefined {
  for (let index = map.pairs.length - 1; index >= 0; index--) {
    const pair = map.pairs[index]!;
    if (keyText(pair) === name) {
      return pair;
    }
  }
  return hasMerge(map) ? pairOf(map, name) : undefined;
}

function hasMerge(map: YamlMap): boolean {
  for (const pair of map.pairs) {
    if (isMerge(pair)) {
      return true;
    }
  }
  return false;
}

/** In quotes it is a key like any other. */
function isMerge({ key }: YamlPair): boolean {
  return key.type === 'scalar' && key.value === '<<' && key.style === 'plain';
}

function withMerged(map: YamlMap): readonly YamlPair[] {
  const written = map.pairs.filter((pair) => !isMerge(pair));
  const names = new Set<string>();
  collectNames(map, names, 0);
  for (const pair of written) {
    names.delete(keyText(pair) ?? '');
  }
  return [...written, ...[...names].flatMap((name) => pairOf(map, name) ?? [])];
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
