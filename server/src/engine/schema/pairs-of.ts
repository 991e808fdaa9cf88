import type { YamlMap, YamlPair } from '../yaml/node';
import { keyText, pairOf, resolved } from '../yaml/walk';

/** The pairs by name, with what `<<` brings in and no written key overrides. */
export function pairsOf(map: YamlMap): readonly (readonly [string, YamlPair])[] {
  const named: [string, YamlPair][] = [];
  let merges = false;
  for (const pair of map.pairs) {
    const name = keyText(pair);
    if (isMerge(pair)) {
      merges = true;
    } else if (name !== undefined) {
      named.push([name, pair]);
    }
  }
  return merges ? withMerged(map, named) : named;
}

function withMerged(
  map: YamlMap,
  named: readonly [string, YamlPair][],
): readonly (readonly [string, YamlPair])[] {
  const names = new Set<string>();
  collectNames(map, names, 0);
  const written = new Set(named.map(([name]) => name));
  const merged = [...names]
    .filter((name) => !written.has(name))
    .map((name) => [name, pairOf(map, name)] as const);
  return [...named, ...merged.filter((it): it is readonly [string, YamlPair] => it[1] !== undefined)];
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

/** In quotes it is a key like any other. */
function isMerge({ key }: YamlPair): boolean {
  return key.type === 'scalar' && key.value === '<<' && key.style === 'plain';
}
